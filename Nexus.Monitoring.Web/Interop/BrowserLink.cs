using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.JSInterop;

namespace Nexus.Monitoring.Web.Interop;

/// <summary>
/// The way from one circuit to its browser. What is under way when the connection drops is lost without a word: it ends here at once, so that whoever
/// spoke can speak again when the browser is back. For the circuit's thread only.
/// </summary>
internal sealed class BrowserLink(IJSRuntime browser) : CircuitHandler, IDisposable
{
    /// <summary>A browser that does not answer within this time is busy or gone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private CancellationTokenSource _lost = new();
    private TaskCompletionSource<bool> _back = Completed();

    /// <summary>Cancelled when the connection that is open now drops.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>At once while the connection is open, else when it is open again.</summary>
    /// <returns>False when the browser never comes back.</returns>
    public Task<bool> IsBackAsync() => _back.Task;

    /// <exception cref="OperationCanceledException">The connection dropped, or the browser does not answer.</exception>
    public async Task<T> CallAsync<T>(Func<IJSRuntime, CancellationToken, ValueTask<T>> call)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_lost.Token);
        patience.CancelAfter(Patience);
        return await call(browser, patience.Token);
    }

    /// <summary>Calls a function of a module once.</summary>
    /// <returns>Whether the browser carried it out.</returns>
    public async Task<bool> RunAsync(string module, string function, params object?[] arguments)
    {
        try
        {
            var loaded = await CallAsync((page, token) => page.InvokeAsync<IJSObjectReference>("import", token, [module]));
            try
            {
                await CallAsync((_, token) => loaded.InvokeAsync<object?>(function, token, arguments));
                return true;
            }
            finally
            {
                _ = ForgetAsync(loaded);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or JSDisconnectedException)
        {
            return false;
        }
        catch (JSException problem)
        {
            await ReportAsync(problem);
            return false;
        }
    }

    /// <summary>A script that failed is told where scripts tell their failures; the page goes on without it.</summary>
    public async Task ReportAsync(JSException problem)
    {
        try
        {
            await CallAsync((page, token) => page.InvokeAsync<object?>("console.error", token, [problem.Message]));
        }
        catch (Exception gone) when (gone is OperationCanceledException or JSException or JSDisconnectedException)
        {
            // Then nobody reads it.
        }
    }

    /// <summary>Lets go of an object in the browser, which may be gone with everything in it.</summary>
    public static async Task ForgetAsync(IJSObjectReference reference)
    {
        try
        {
            await reference.DisposeAsync();
        }
        catch (Exception gone) when (gone is OperationCanceledException or JSException or JSDisconnectedException)
        {
            // It went with its page.
        }
    }

    public void Lose()
    {
        if (_back.Task.IsCompleted)
        {
            _back = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _lost.Cancel();
    }

    public void Return()
    {
        if (_lost.IsCancellationRequested)
        {
            _lost.Dispose();
            _lost = new CancellationTokenSource();
        }

        _back.TrySetResult(true);
    }

    public void Close()
    {
        Lose();
        _back.TrySetResult(false);
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Lose();
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Return();
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Close();
        return Task.CompletedTask;
    }

    public void Dispose() => Close();

    private static TaskCompletionSource<bool> Completed()
    {
        var completed = new TaskCompletionSource<bool>();
        completed.SetResult(true);
        return completed;
    }
}
