namespace Nexus.Monitoring.Client.Reading;

/// <summary>Whether frames can arrive.</summary>
public enum StreamConnectionStatus
{
    /// <summary>Nothing is being read.</summary>
    Idle,

    /// <summary>The first connection is being made.</summary>
    Connecting,

    /// <summary>Frames arrive.</summary>
    Connected,

    /// <summary>The connection is lost, or could not be made; it is tried again for as long as the reading lasts.</summary>
    Reconnecting,
}
