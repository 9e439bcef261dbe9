using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;
using Nexus.Monitoring.Web.Interop;
using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.Components.Kit;

/// <summary>A long list of which the rows in sight are drawn, and that knows whether its top is in sight.</summary>
public abstract class ScrolledList<TRow> : LiveComponent, IAsyncDisposable
{
    private BrowserPart<ScrolledList<TRow>>? _watch;

    [Inject]
    private protected BrowserLink Browser { get; set; } = default!;

    /// <summary>What draws the rows, while there are any.</summary>
    private protected Virtualize<TRow>? Rows { get; set; }

    /// <summary>What scrolls.</summary>
    private protected ElementReference Scroll { get; set; }

    private protected bool IsAtTop { get; set; } = true;

    /// <summary>Whether the rows in sight must be taken anew.</summary>
    private protected bool IsDirty { get; set; }

    [JSInvokable]
    public void SetAtTop(bool isAtTop)
    {
        IsAtTop = isAtTop;
        OnTopChanged();
    }

    /// <summary>The top came into sight, or left it.</summary>
    protected virtual void OnTopChanged()
    {
    }

    private protected async Task ToTopAsync()
    {
        IsAtTop = true;
        if (_watch is not null)
        {
            await _watch.TellAsync("toTop");
        }
    }

    /// <summary>The rows are taken before they are drawn: taken afterwards they would have to be drawn once more, and wait until the browser has drawn this.</summary>
    protected override bool ShouldRender()
    {
        if (IsDirty && Rows is not null)
        {
            IsDirty = false;
            // What is at hand is taken at once.
            _ = Rows.RefreshDataAsync();
        }

        return true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _watch = new BrowserPart<ScrolledList<TRow>>(Browser, this, "stop");
            await _watch.CreateAsync("/js/page.js", "watchTop", Scroll);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
