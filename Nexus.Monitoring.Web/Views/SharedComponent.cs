using Microsoft.AspNetCore.Components;

namespace Nexus.Monitoring.Web.Views;

/// <summary>A component that shows saved views or boards, and renders when they change, whoever changed them.</summary>
public abstract class SharedComponent : ComponentBase, IDisposable
{
    private IDisposable? _subscription;

    [Inject]
    private protected SharedViews Shared { get; set; } = default!;

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
        {
            _subscription = Shared.Subscribe(() => _ = RedrawAsync());
        }
    }

    /// <summary>They are others now; runs before the render.</summary>
    protected virtual void OnShared()
    {
    }

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

    private async Task RedrawAsync()
    {
        try
        {
            await Task.Yield();
            await InvokeAsync(() =>
            {
                OnShared();
                StateHasChanged();
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
