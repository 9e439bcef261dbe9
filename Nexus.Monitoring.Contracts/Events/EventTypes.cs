namespace Nexus.Monitoring.Contracts.Events;

/// <summary>
/// The values of <c>event_type</c> that Nexus itself emits and understands. The set is open: an unknown type is carried,
/// stored and shown like any other, it only changes no state.
/// </summary>
public static class EventTypes
{
    /// <summary>A task was put into a queue.</summary>
    public const string TaskEnqueued = "task_enqueued";

    /// <summary>A worker began an attempt at a task.</summary>
    public const string TaskStarted = "task_started";

    /// <summary>An attempt ended with a result.</summary>
    public const string TaskCompleted = "task_completed";

    /// <summary>The last attempt ended with an error; there will be no other.</summary>
    public const string TaskFailed = "task_failed";

    /// <summary>An attempt ended with an error, and another will follow.</summary>
    public const string TaskRetry = "task_retry";

    /// <summary>The task is no longer wanted; that is nobody's failure.</summary>
    public const string TaskCancelled = "task_cancelled";

    /// <summary>A task is held by nobody alive; with another <c>status</c> than <c>orphaned</c> it is only late.</summary>
    public const string TaskStalled = "task_stalled";

    /// <summary>The worker that was said to be gone with a task lives, and still has it in hand.</summary>
    public const string TaskReinstated = "task_reinstated";

    /// <summary>A phase of a run began.</summary>
    public const string PhaseStarted = "phase_started";

    /// <summary>A phase of a run ended with a result.</summary>
    public const string PhaseCompleted = "phase_completed";

    /// <summary>A phase of a run ended with an error.</summary>
    public const string PhaseFailed = "phase_failed";

    /// <summary>A run began.</summary>
    public const string RunStarted = "run_started";

    /// <summary>A run ended with a result.</summary>
    public const string RunCompleted = "run_completed";

    /// <summary>A run ended with an error.</summary>
    public const string RunFailed = "run_failed";

    /// <summary>A worker is alive.</summary>
    public const string WorkerHeartbeat = "worker_heartbeat";

    /// <summary>A worker began to take tasks.</summary>
    public const string WorkerStarted = "worker_started";

    /// <summary>A worker stopped in good order.</summary>
    public const string WorkerStopped = "worker_stopped";

    /// <summary>A worker's heartbeat expired.</summary>
    public const string WorkerLost = "worker_lost";

    /// <summary>How many tasks wait, by priority or by task type (<c>queue</c>).</summary>
    public const string QueueDepthUpdate = "queue_depth_update";

    /// <summary>Totals at one moment; also the first message of a stream.</summary>
    public const string StatsSnapshot = "stats_snapshot";

    /// <summary>An alert rule holds.</summary>
    public const string AlertFiring = "alert_firing";

    /// <summary>An alert rule no longer holds.</summary>
    public const string AlertResolved = "alert_resolved";

    /// <summary>All of the above, in the order of a task's life.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        TaskEnqueued, TaskStarted, TaskCompleted, TaskFailed, TaskRetry, TaskCancelled, TaskStalled, TaskReinstated,
        RunStarted, RunCompleted, RunFailed, PhaseStarted, PhaseCompleted, PhaseFailed,
        WorkerStarted, WorkerHeartbeat, WorkerStopped, WorkerLost,
        QueueDepthUpdate, StatsSnapshot, AlertFiring, AlertResolved,
    ];

    /// <summary>How far a phase has come, in <c>counts</c>; at most one a second. The client library sends it, and no state waits for it.</summary>
    public const string PhaseProgress = "phase_progress";

    /// <summary>How many events a producer could not send, by reason, in <c>counts</c>; the client library says it of itself.</summary>
    public const string PublisherDropped = "publisher_dropped";

    /// <summary>What <c>stats_only</c> selects, and what the channel <c>nexus:events:stats</c> carries.</summary>
    public static bool IsStats(string eventType) => eventType is StatsSnapshot or QueueDepthUpdate;
}
