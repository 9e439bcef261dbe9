namespace Nexus.Monitoring.Web.Live;

/// <summary>Whether anyone can see this circuit's page. Hidden pages are not drawn; one redraw brings them back.</summary>
internal sealed class PageVisibility
{
    private volatile bool _isVisible = true;

    public bool IsVisible
    {
        get => _isVisible;
        set => _isVisible = value;
    }
}
