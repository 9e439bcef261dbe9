using Microsoft.AspNetCore.Components;

namespace Nexus.Monitoring.Web.Live;

/// <summary>
/// A component that shows the live state at its own pace: it looks at most once per <see cref="Interval"/>, never while the
/// page is hidden, and never again before the last render is done.
/// </summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private IDisposable? _subscription;
    private long _nextLook;
    private bool _wasStale;
    private Task _look = Task.CompletedTask;

    [Inject]
    private protected ILiveFeed Feed { get; set; } = default!;

    [Inject]
    private protected PageVisibility Visibility { get; set; } = default!;

    [Inject]
    private protected TimeProvider Clock { get; set; } = default!;

    /// <summary>Shortest time between two renders.</summary>
    protected virtual TimeSpan Interval => TimeSpan.FromSeconds(1);

    /// <summary>Takes what is new. Runs on the circuit's own context.</summary>
    /// <returns>Whether anything shown has changed.</returns>
    protected abstract bool Look();

    protected override void OnInitialized()
    {
        Look();
        if (RendererInfo.IsInteractive)
        {
            _subscription = Feed.Subscribe(OnPulse);
        }
    }

    /// <summary>Looks at the next pulse instead of when the interval ends.</summary>
    protected void LookSoon() => Volatile.Write(ref _nextLook, 0);

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _subscription?.Dispose();
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Pulses come one after the other.</summary>
    private void OnPulse()
    {
        // Nobody may look at live colours over values that stand still, or the other way round.
        var isStale = Feed.Status.IsStale;
        if (isStale != _wasStale)
        {
            _wasStale = isStale;
            LookSoon();
        }

        if (!Visibility.IsVisible
            || Clock.GetTimestamp() < Volatile.Read(ref _nextLook)
            || !_look.IsCompleted)
        {
            return;
        }

        _look = LookAsync();
    }

    private async Task LookAsync()
    {
        try
        {
            // The pulse comes on a timer's thread that all circuits share.
            await Task.Yield();
            await InvokeAsync(() =>
            {
                Volatile.Write(ref _nextLook, Clock.GetTimestamp() + (long)(Interval.TotalSeconds * Clock.TimestampFrequency));
                if (Look())
                {
                    StateHasChanged();
                }
            });
        }
        catch (ObjectDisposedException)
        {
            _subscription?.Dispose();
        }
        catch (Exception problem)
        {
            await DispatchExceptionAsync(problem);
        }
    }
}
