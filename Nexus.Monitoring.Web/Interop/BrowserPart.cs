using Microsoft.JSInterop;

namespace Nexus.Monitoring.Web.Interop;

/// <summary>
/// The part of a component that runs in the browser: an object that a function of a module gave, and its way back to the component. Either side may
/// go first: a component is left while the browser still makes its part, a page is closed while its component still speaks to it. Neither is an error,
/// and neither is a script that fails: the component goes without it, and the browser's console says why. For the circuit's thread only.
/// </summary>
/// <param name="browser">The way to the page.</param>
/// <param name="owner">Whose <see cref="JSInvokableAttribute"/> methods it may call; null for nobody's.</param>
/// <param name="end">What the object is told when the component goes.</param>
internal sealed class BrowserPart<TOwner>(BrowserLink browser, TOwner? owner, string end) : IAsyncDisposable
    where TOwner : class
{
    private IJSObjectReference? _part;
    private DotNetObjectReference<TOwner>? _owner;
    private bool _isGone;

    /// <summary>Whether it can be spoken to.</summary>
    public bool IsThere => _part is not null;

    /// <summary>Has it made; nothing happens where the function gives none, or the component has gone meanwhile.</summary>
    /// <param name="module">Address of the module.</param>
    /// <param name="function">What makes the object; its last argument is the way back to the owner.</param>
    /// <param name="arguments">The others.</param>
    public async Task CreateAsync(string module, string function, params object?[] arguments)
    {
        while (!_isGone)
        {
            var lost = browser.Lost;
            try
            {
                await MakeAsync(module, function, arguments);
                return;
            }
            catch (OperationCanceledException)
            {
                // One that the browser may have made nevertheless has no way back.
                Release();
                if (!lost.IsCancellationRequested || !await browser.IsBackAsync())
                {
                    return;
                }
            }
            catch (JSDisconnectedException)
            {
                // The page is gone; the circuit ends by itself.
                return;
            }
            catch (JSException problem)
            {
                await browser.ReportAsync(problem);
                return;
            }
        }
    }

    /// <returns>False when it was not told, or nobody knows whether it was. While <see cref="IsThere"/> it can be told again.</returns>
    public async Task<bool> TellAsync(string function, params object?[] arguments)
    {
        if (_part is not { } part)
        {
            return false;
        }

        try
        {
            await browser.CallAsync((_, token) => part.InvokeAsync<object?>(function, token, arguments));
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (JSDisconnectedException)
        {
            _part = null;
            return false;
        }
        catch (JSException problem)
        {
            _part = null;
            await browser.ReportAsync(problem);
            return false;
        }
    }

    /// <summary>After something was not told: whether it makes sense to tell it again, as soon as it does.</summary>
    public async Task<bool> IsBackAsync() => await browser.IsBackAsync() && IsThere;

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        await EndAsync();
    }

    private async Task MakeAsync(string module, string function, object?[] arguments)
    {
        var loaded = await browser.CallAsync((page, token) => page.InvokeAsync<IJSObjectReference>("import", token, [module]));
        try
        {
            if (_isGone)
            {
                return;
            }

            _owner = owner is null ? null : DotNetObjectReference.Create(owner);
            _part = await browser.CallAsync((_, token) => loaded.InvokeAsync<IJSObjectReference?>(function, token, [.. arguments, _owner]));
            if (_isGone)
            {
                await EndAsync();
            }
        }
        finally
        {
            _ = BrowserLink.ForgetAsync(loaded);
        }
    }

    private async Task EndAsync()
    {
        if (_part is { } part)
        {
            await TellAsync(end);
            _part = null;
            _ = BrowserLink.ForgetAsync(part);
        }

        Release();
    }

    private void Release()
    {
        _owner?.Dispose();
        _owner = null;
    }
}
