using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Contracts.Tests.State;

public sealed class LiveStateBoundsTests
{
    private const int Workers = 10_000;
    private const long Megabyte = 1024 * 1024;

    /// <summary>The ceiling that <see cref="LiveStateLimits"/> states.</summary>
    private const long Ceiling = 600 * Megabyte;

    [Fact]
    public void Apply_AMillionOpenTasksOnTenThousandWorkers_StaysUnderTheStatedCeiling()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var state = new LiveState();
        var n = 0;
        for (var worker = 0; worker < Workers; worker++)
        {
            Fold(EventTypes.WorkerStarted, null, worker);
        }

        // A tenth more tasks than are kept; each event brings strings of its own, as it does from the wire
        for (var task = 0; task < 1_100_000; task++)
        {
            Fold(EventTypes.TaskStarted, task, task % Workers);
        }

        var used = GC.GetTotalMemory(forceFullCollection: true) - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{used / Megabyte} MB");
        Assert.Equal((1_000_000, Workers, 100_000L), (state.OpenTasks.Count(), state.WorkersOnline, state.OpenTasksForgotten));
        Assert.Equal(1_000_000, state.All.Tasks.Processing);
        Assert.InRange(used, 100 * Megabyte, Ceiling);

        void Fold(string type, int? task, int worker) => state.Apply(
            new MonitoringEvent
            {
                EventId = $"e{n}",
                Timestamp = LogScript.Start,
                EventType = new string(type),
                ProjectId = $"project-{worker % 20}",
                ParentTaskId = task is null ? null : $"run-{task / 10_000}",
                TaskId = task is null ? null : $"01a20849cd387600-{task:x8}",
                TaskType = task is null ? null : $"type-{worker % 7}",
                Phase = task is null ? null : $"phase-{worker % 5}",
                Message = task is null ? null : $"{task,8}: summarise a page of the annual report, with sources",
                TraceId = task is null ? null : $"4bf92f3577b34da6a3ce929d{task / 10_000:x8}",
                SpanId = task is null ? null : $"{task:x16}",
                WorkerId = worker,
            },
            new LogPosition((ulong)LogScript.Start.ToUnixTimeMilliseconds() + (ulong)(n / 10), (ulong)n++));
    }

    [Fact]
    public void Apply_MoreEndedTasksThanKept_RunningOnesStay()
    {
        var script = new LogScript().Task(1, EventTypes.TaskStarted, "running", worker: 1);
        for (var i = 0; i < 50; i++)
        {
            script.Task(2 + i, EventTypes.TaskCompleted, $"ended{i}");
        }

        var state = script.Fold(new LiveStateLimits { Tasks = 20, EndedTasks = 10 });

        Assert.Equal(["running"], state.OpenTasks.Select(task => task.TaskId));
        Assert.Equal(Enumerable.Range(40, 10).Reverse().Select(i => $"ended{i}"), state.EndedTasks.Select(task => task.TaskId));
        Assert.Equal((50L, 1L, 0L), (state.All.Tasks.Completed, state.All.Tasks.Processing, state.OpenTasksForgotten));
    }

    [Fact]
    public void Apply_MoreOnlineWorkersThanKept_IsCounted()
    {
        var state = new LogScript()
            .Add(1, EventTypes.WorkerStarted, e => e with { WorkerId = 1 })
            .Add(2, EventTypes.WorkerStarted, e => e with { WorkerId = 2 })
            .Add(3, EventTypes.WorkerStarted, e => e with { WorkerId = 3 })
            .Fold(new LiveStateLimits { Workers = 2 });

        Assert.Equal([2, 3], state.OnlineWorkers.Select(worker => worker.WorkerId));
        Assert.Equal((2, 1L), (state.WorkersOnline, state.OnlineWorkersForgotten));
    }

    [Fact]
    public void Apply_MoreProjectsThanSeries_EachKeepsItsCounts()
    {
        var script = new LogScript();
        for (var i = 0; i < 12; i++)
        {
            script.Add(i, EventTypes.TaskEnqueued, e => e with { ProjectId = $"p{i % 4}", TaskId = $"t{i}" });
        }

        var state = script.Fold(new LiveStateLimits { ProjectSeries = 2 });

        Assert.Equal(["p3", "p2", "p1", "p0"], state.Projects.Select(project => project.ProjectId));
        Assert.All(state.Projects, project => Assert.Equal(3, project.Tasks.Pending));
        Assert.Equal([1, 1, 0, 0], state.Projects.Select(project => project.Series.Buckets.Count));
        Assert.Equal(1, state.Project("p3")!.Series.Buckets.Single().Enqueued);
    }

    [Fact]
    public void Apply_KnownTasks_AllocatesNothing()
    {
        var script = new List<MonitoringEvent>();
        foreach (var type in (string[])[EventTypes.TaskEnqueued, EventTypes.TaskStarted, EventTypes.TaskRetry, EventTypes.TaskStarted, EventTypes.TaskCompleted, EventTypes.WorkerHeartbeat])
        {
            script.Add(new MonitoringEvent
            {
                EventId = "e",
                Timestamp = LogScript.Start,
                EventType = type,
                ProjectId = "atlas",
                ParentTaskId = "run1",
                TaskId = "a",
                TaskType = "search",
                Phase = "search",
                WorkerId = 1,
                Error = type == EventTypes.TaskRetry ? "HTTP 429 from provider 7f3a2c9e, retry in 2.5 s" : null,
            });
        }

        var state = new LiveState();
        var n = 0ul;
        Round(10_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Round(10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Round(int times)
        {
            for (var i = 0; i < times; i++)
            {
                foreach (var e in script)
                {
                    state.Apply(e, new LogPosition(1_795_435_200_000 + (n / 60), n++));
                }
            }
        }
    }
}
