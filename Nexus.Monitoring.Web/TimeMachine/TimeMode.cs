namespace Nexus.Monitoring.Web.TimeMachine;

/// <summary>Which time a viewer looks at.</summary>
public enum TimeMode
{
    /// <summary>Now.</summary>
    Live,

    /// <summary>An instant that stands still.</summary>
    Paused,

    /// <summary>The past, going by.</summary>
    Playing,
}
