using Microsoft.JSInterop;

namespace Nexus.Monitoring.Web.Interop;

/// <summary>
/// The part of a component that runs in the browser: an object that a function of a module gave, and its way back to the component. Either side may
/// go first: a component is left while the browser still makes its part, a page is closed while its component still speaks to it. Neither is an error.
/// For the circuit's thread only.
/// </summary>
/// <param name="browser">The page.</param>
/// <param name="owner">Whose <see cref="JSInvokableAttribute"/> methods it may call; null for nobody's.</param>
/// <param name="end">What the object is told when the component goes.</param>
internal sealed class BrowserPart<TOwner>(IJSRuntime browser, TOwner? owner, string end) : IAsyncDisposable
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
        try
        {
            await using var loaded = await browser.InvokeAsync<IJSObjectReference>("import", module);
            if (_isGone)
            {
                return;
            }

            _owner = owner is null ? null : DotNetObjectReference.Create(owner);
            _part = await loaded.InvokeAsync<IJSObjectReference?>(function, [.. arguments, _owner]);
            if (_isGone)
            {
                await EndAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone; the circuit ends by itself.
        }
    }

    /// <returns>False when nobody was there to be told.</returns>
    public async Task<bool> TellAsync(string function, params object?[] arguments)
    {
        if (_part is not { } part)
        {
            return false;
        }

        try
        {
            await part.InvokeVoidAsync(function, arguments);
            return true;
        }
        catch (JSDisconnectedException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        await EndAsync();
    }

    private async Task EndAsync()
    {
        if (_part is { } part)
        {
            _part = null;
            try
            {
                await part.InvokeVoidAsync(end);
                await part.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The page is gone, and the object with it.
            }
        }

        _owner?.Dispose();
        _owner = null;
    }
}
