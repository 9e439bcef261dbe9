namespace Nexus.Monitoring.Web.Live;

/// <summary>Where the dashboard's one subscription stands.</summary>
public enum FeedPhase
{
    /// <summary>Since start nothing has arrived yet.</summary>
    Connecting,

    /// <summary>What is shown is what is.</summary>
    Live,

    /// <summary>The stream is lost; what is shown is as of the moment it was.</summary>
    Reconnecting,
}
