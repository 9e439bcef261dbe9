using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Views;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.Views;

/// <summary>
/// Saved views and boards, read once for all circuits: while a page is open, the API is asked every two seconds whether they have changed,
/// so that what somebody saves elsewhere appears by itself.
/// </summary>
internal sealed class SharedViews(ApiReader api, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly SharedKind<SavedView> _views = new(
        api, "api/views", MonitoringJson.Context.SavedView, MonitoringJson.Context.DocumentListSavedView);

    private readonly SharedKind<SavedBoard> _boards = new(
        api, "api/boards", MonitoringJson.Context.SavedBoard, MonitoringJson.Context.DocumentListSavedBoard);

    private readonly PulseSubscribers _changed = new();
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Null until they have been read once.</summary>
    public IReadOnlyList<SavedView>? Views => _views.Items;

    public IReadOnlyList<SavedBoard>? Boards => _boards.Items;

    /// <summary>Why they could not be read just now; a sentence.</summary>
    public string? Problem { get; private set; }

    /// <summary>Calls <paramref name="changed"/> whenever something is another; it must return at once.</summary>
    public IDisposable Subscribe(Action changed)
    {
        var subscription = _changed.Add(changed);
        _wake.TrySetResult();
        return subscription;
    }

    /// <exception cref="ApiProblemException">It is not saved.</exception>
    public Task<SavedView> SaveAsync(SavedView view) => ChangeAsync(() => _views.WriteAsync(view, CancellationToken.None));

    /// <exception cref="ApiProblemException">It is not saved.</exception>
    public Task<SavedBoard> SaveAsync(SavedBoard board) => ChangeAsync(() => _boards.WriteAsync(board, CancellationToken.None));

    /// <exception cref="ApiProblemException">It is not deleted.</exception>
    public Task DeleteAsync(SavedView view) => ChangeAsync(async () =>
    {
        await _views.DeleteAsync(view, CancellationToken.None);
        return true;
    });

    /// <exception cref="ApiProblemException">It is not deleted.</exception>
    public Task DeleteAsync(SavedBoard board) => ChangeAsync(async () =>
    {
        await _boards.DeleteAsync(board, CancellationToken.None);
        return true;
    });

    /// <summary>Asks now.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        bool changed;
        try
        {
            var before = Problem;
            changed = await _views.ReadAsync(cancellationToken) | await _boards.ReadAsync(cancellationToken) | before is not null;
            Problem = null;
        }
        catch (ApiProblemException problem)
        {
            changed = Problem is null;
            Problem = problem.Message;
        }
        finally
        {
            _reading.Release();
        }

        if (changed)
        {
            _changed.Pulse();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                if (_changed.Count == 0)
                {
                    await _wake.Task.WaitAsync(stoppingToken);
                }

                _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
                await RefreshAsync(stoppingToken);
                await Task.Delay(Interval, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>Also a change that was refused is a reason to look: what is shown was older than what is there.</summary>
    private async Task<T> ChangeAsync<T>(Func<Task<T>> change)
    {
        try
        {
            return await change();
        }
        finally
        {
            await RefreshAsync(CancellationToken.None);
        }
    }

    public override void Dispose()
    {
        _reading.Dispose();
        base.Dispose();
    }
}
