namespace Nexus.Monitoring.Contracts.Events;

/// <summary>What an event is about: the first cut of every list.</summary>
public enum EventCategory
{
    /// <summary>A type that this version does not know.</summary>
    Other,

    /// <summary><c>task_*</c></summary>
    Task,

    /// <summary><c>run_*</c></summary>
    Run,

    /// <summary><c>phase_*</c></summary>
    Phase,

    /// <summary><c>worker_*</c></summary>
    Worker,

    /// <summary><c>queue_depth_update</c> and <c>stats_snapshot</c></summary>
    Stats,

    /// <summary><c>alert_*</c></summary>
    Alert,
}
