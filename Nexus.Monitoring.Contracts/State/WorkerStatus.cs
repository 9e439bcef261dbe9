namespace Nexus.Monitoring.Contracts.State;

/// <summary>How a worker stands, as far as events tell.</summary>
public enum WorkerStatus
{
    /// <summary>Alive, without a task.</summary>
    Idle,

    /// <summary>Alive, at work.</summary>
    Busy,

    /// <summary>Stopped in good order.</summary>
    Stopped,

    /// <summary>Its heartbeat expired.</summary>
    Lost,
}
