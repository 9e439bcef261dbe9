using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>One event on its way into the state, with what it counts in.</summary>
internal readonly struct StateChange(MonitoringEvent e, LogPosition position, SeriesBucket allBucket, ProjectState? project)
{
    public MonitoringEvent Event { get; } = e;

    public LogPosition Position { get; } = position;

    /// <summary>When the log took it.</summary>
    public DateTimeOffset At { get; } = position.Time;

    public SeriesBucket AllBucket { get; } = allBucket;

    public ProjectState? Project { get; } = project;

    public SeriesBucket? ProjectBucket { get; } = project?.Series.At(position.Time);

    /// <summary>Whether it is the word of a worker from which the task had been taken: an attempt that failed, but no task.</summary>
    public bool IsLateWord { get; init; }

    /// <summary>What kind of failure it is, where it is one.</summary>
    public string? FailureKind { get; init; }

    /// <summary>What went wrong, for events that say that an attempt did not succeed.</summary>
    public string? Failure => Event.EventType is EventTypes.TaskFailed or EventTypes.TaskRetry || Event.IsOrphaning
        ? Event.Error ?? Event.Message ?? "No error text was given"
        : null;

    public void Count(Action<SeriesBucket> count)
    {
        count(AllBucket);
        if (ProjectBucket is { } bucket)
        {
            count(bucket);
        }
    }

    public void RecordWait(long milliseconds)
    {
        AllBucket.WaitTime.Record(milliseconds);
        ProjectBucket?.WaitTime.Record(milliseconds);
    }

    public void RecordRun(long milliseconds)
    {
        AllBucket.RunTime.Record(milliseconds);
        ProjectBucket?.RunTime.Record(milliseconds);
    }
}
