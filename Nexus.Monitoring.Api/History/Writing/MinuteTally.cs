using System.Runtime.InteropServices;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>What happened in one minute; as many entries as it has different kinds of events. Not thread-safe.</summary>
internal sealed class MinuteTally
{
    public Dictionary<EventKind, long> Events { get; } = [];

    public Dictionary<(TaskKind Task, TimeKind Time), TimeSum> TaskTimes { get; } = [];

    public Dictionary<(string? Project, TimeKind Time), TimeSum> ProjectTimes { get; } = [];

    public Dictionary<(int? Worker, TimeKind Time), TimeSum> WorkerTimes { get; } = [];

    public Dictionary<int, WorkerSum> Workers { get; } = [];

    public void Add(in CountedEvent e)
    {
        var task = new TaskKind(e.TaskType, e.Phase);
        CollectionsMarshal.GetValueRefOrAddDefault(Events, new EventKind(e.Project, e.EventType, task), out _)++;
        var isWait = e.EventType == EventTypes.TaskStarted;
        var isEnd = e.EventType is EventTypes.TaskCompleted or EventTypes.TaskFailed or EventTypes.TaskRetry;
        if ((isWait ? e.WaitMs : isEnd ? e.RanMs : null) is { } time)
        {
            var kind = new TimeKind(isWait, TimeBuckets.Of(time));
            CollectionsMarshal.GetValueRefOrAddDefault(TaskTimes, (task, kind), out _).Add(time);
            CollectionsMarshal.GetValueRefOrAddDefault(ProjectTimes, (e.Project, kind), out _).Add(time);
            CollectionsMarshal.GetValueRefOrAddDefault(WorkerTimes, (e.Worker, kind), out _).Add(time);
        }

        if (isEnd && e.Worker is { } worker)
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(Workers, worker, out _);
            sum.Completed += e.EventType == EventTypes.TaskCompleted ? 1 : 0;
            sum.Failed += e.EventType == EventTypes.TaskCompleted ? 0 : 1;
            sum.BusyMs += e.RanMs ?? 0;
        }
    }

    public readonly record struct TaskKind(string? TaskType, string? Phase);

    public readonly record struct EventKind(string? Project, string EventType, TaskKind Task);

    /// <summary>A class of waiting or running times (<see cref="TimeBuckets"/>).</summary>
    public readonly record struct TimeKind(bool IsWait, short Bucket);

    public record struct WorkerSum(long Completed, long Failed, long BusyMs);

    public record struct TimeSum(long Count, long Total, long Most)
    {
        public void Add(long time)
        {
            Most = Count == 0 ? time : Math.Max(Most, time);
            Count++;
            Total += time;
        }
    }
}
