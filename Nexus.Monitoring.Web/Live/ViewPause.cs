namespace Nexus.Monitoring.Web.Live;

/// <summary>One viewer's event list standing still. The stream goes on; what waits is counted.</summary>
internal sealed class ViewPause
{
    public bool IsPaused { get; set; }

    public long Waiting { get; set; }
}
