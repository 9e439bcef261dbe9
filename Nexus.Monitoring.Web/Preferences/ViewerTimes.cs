using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Preferences;

/// <summary>Carries the viewer's zone from the request to the components of its circuit.</summary>
internal sealed class ViewerTimes
{
    public Times Times { get; private set; } = Times.Utc;

    /// <summary>Before the first component that shows a time is made.</summary>
    public void Use(TimeZoneInfo zone) => Times = new Times { Zone = zone };
}
