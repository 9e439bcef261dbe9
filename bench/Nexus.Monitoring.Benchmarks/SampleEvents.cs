using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Benchmarks;

/// <summary>Events as a fleet of agents sends them, the same in every benchmark.</summary>
internal static class SampleEvents
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>A finished task, about 400 bytes of JSON: the size that <c>fanout</c> measures with.</summary>
    public static MonitoringEvent Completed { get; } = new()
    {
        EventId = "0197a5f0-0000-7000-8000-000000000001",
        Timestamp = Now,
        EventType = EventTypes.TaskCompleted,
        ProjectId = "project-42",
        ParentTaskId = "run-2026-01-02-0001",
        TaskId = "task-000123",
        TaskType = "search",
        Phase = "gather",
        Status = EventStatuses.Completed,
        WorkerId = 3,
        DurationMs = 1234,
        Message = "Collected 128 documents from 14 sources; 3 were duplicates.",
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        SpanId = "00f067aa0ba902b7",
        Source = "coordinator/host-1",
    };

    /// <summary>The same with counts, queues and 2 KB of <c>meta</c>.</summary>
    public static MonitoringEvent Rich { get; } = Completed with
    {
        Counts = new Dictionary<string, long> { ["documents"] = 128, ["sources"] = 14, ["duplicates"] = 3 },
        Queue = new Dictionary<string, long> { ["high_priority"] = 1, ["normal_priority"] = 20, ["low_priority"] = 300 },
        Meta = JsonSerializer.SerializeToElement(new { model = "large", prompt = new string('p', 2000), temperature = 0.2 }),
    };

    /// <summary>Tasks one after the other from waiting to done, spread over runs, projects and workers; every 20th fails.</summary>
    public static IReadOnlyList<MonitoringEvent> Tasks(int count, int projects = 20)
    {
        var events = new List<MonitoringEvent>(3 * count);
        for (var i = 0; i < count; i++)
        {
            var task = Completed with { EventId = $"ended-{i}", TaskId = $"task-{i}", ParentTaskId = $"run-{i / 1000}", ProjectId = $"project-{i % projects}", WorkerId = i % 64 };
            events.Add(task with { EventId = $"enqueued-{i}", EventType = EventTypes.TaskEnqueued, Status = EventStatuses.Pending, DurationMs = null });
            events.Add(task with { EventId = $"started-{i}", EventType = EventTypes.TaskStarted, Status = EventStatuses.Processing, DurationMs = null });
            events.Add(i % 20 == 0
                ? task with { EventType = EventTypes.TaskFailed, Status = EventStatuses.Failed, Error = $"Timeout after {i} ms calling search" }
                : task);
        }

        return events;
    }

    /// <summary>The position of the n-th event of a log that takes one in a millisecond.</summary>
    public static LogPosition Position(long n) => new((ulong)(Now.ToUnixTimeMilliseconds() + n), 0);
}
