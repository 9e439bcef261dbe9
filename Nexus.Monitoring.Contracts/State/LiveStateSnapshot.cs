using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>
/// A <see cref="LiveState"/> to send or store. Its lists hold the state's own entries: serialise it before the next event is applied.
/// </summary>
public sealed record LiveStateSnapshot
{
    /// <summary>The state holds everything up to here; subscribe with this cursor to go on.</summary>
    public required LogPosition Position { get; init; }

    /// <summary>The instant that was asked for, when one was; <see cref="Position"/> is the last event up to it.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Where folding began, when an instant was asked for: what happened up to there is not in it.</summary>
    public LogPosition? Since { get; init; }

    /// <summary>Events folded so far.</summary>
    public required long Events { get; init; }

    /// <summary>Figures of everything.</summary>
    public required ProjectState All { get; init; }

    /// <summary>Figures by project, from the one silent longest.</summary>
    public required IReadOnlyList<ProjectState> Projects { get; init; }

    /// <summary>Open runs from the oldest, then ended ones from the newest.</summary>
    public required IReadOnlyList<RunState> Runs { get; init; }

    /// <summary>Open tasks from the oldest, then ended ones from the newest.</summary>
    public required IReadOnlyList<TaskState> Tasks { get; init; }

    /// <summary>Workers online from the oldest, then gone ones from the newest.</summary>
    public required IReadOnlyList<WorkerState> Workers { get; init; }

    /// <summary>Groups of errors, the one silent longest first.</summary>
    public required IReadOnlyList<ErrorGroup> Errors { get; init; }

    /// <summary>Processes that sent events, the one silent longest first.</summary>
    public IReadOnlyList<SourceState> Sources { get; init; } = [];

    /// <summary>What waits.</summary>
    public required QueueState Queues { get; init; }

    /// <summary>Open tasks that were forgotten because there were too many.</summary>
    public required long OpenTasksForgotten { get; init; }

    /// <summary>Online workers that were forgotten because there were too many.</summary>
    public long OnlineWorkersForgotten { get; init; }
}
