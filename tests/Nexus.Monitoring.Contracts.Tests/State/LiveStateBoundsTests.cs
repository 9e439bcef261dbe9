using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Contracts.Tests.State;

public sealed class LiveStateBoundsTests
{
    private const int Workers = 10_000;
    private const long Megabyte = 1024 * 1024;

    /// <summary>The ceiling that <see cref="LiveStateLimits"/> states.</summary>
    private const long Ceiling = 600 * Megabyte;

    /// <summary>As bad as it gets: every table full, and then every worker lost with all that it held. Each event brings strings of its own, as from the wire.</summary>
    [Fact]
    public void Apply_AMillionTasksOrphanedOnTenThousandWorkers_StaysUnderTheStatedCeiling()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var state = new LiveState();
        var n = 0;
        for (var worker = 0; worker < Workers; worker++)
        {
            Fold(EventTypes.WorkerStarted, null, worker);
        }

        // A tenth more tasks than are kept
        for (var task = 0; task < 1_100_000; task++)
        {
            Fold(EventTypes.TaskStarted, task, task % Workers);
        }

        Assert.Equal((1_000_000, Workers, 100_000L), (state.OpenTasks.Count(), state.WorkersOnline, state.OpenTasksForgotten));
        for (var worker = 0; worker < Workers; worker++)
        {
            var evidence = Evidence(worker, state.Position);
            Fold(EventTypes.WorkerLost, null, worker, evidence);
            for (var task = 100_000 + worker; task < 1_100_000; task += Workers)
            {
                Fold(EventTypes.TaskStalled, task, worker, evidence);
            }
        }

        var used = GC.GetTotalMemory(forceFullCollection: true) - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{used / Megabyte} MB");
        Assert.Equal((1_000_000L, 0L, 0), (state.All.Tasks.Orphaned, state.All.Tasks.Processing, state.WorkersOnline));
        Assert.InRange(used, 100 * Megabyte, Ceiling);

        void Fold(string type, int? task, int worker, JsonElement? evidence = null) => state.Apply(
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
                Error = evidence is null ? null : $"Worker {worker} lost: no heartbeat for 30 s, last seen at 12:00:30 UTC",
                TraceId = task is null ? null : $"4bf92f3577b34da6a3ce929d{task / 10_000:x8}",
                SpanId = task is null ? null : $"{task:x16}",
                Source = $"agents/node-{worker % 50}",
                WorkerId = worker,
                Meta = evidence,
            },
            new LogPosition((ulong)LogScript.Start.ToUnixTimeMilliseconds() + (ulong)(n / 10), (ulong)n++));
    }

    /// <summary>What producers write is not the state's to keep: 10 KB a message and 10 KB an error, of which no two are alike.</summary>
    [Fact]
    public void Apply_TextsAsLongAsAnEventMayBe_AreCutToTheStatedLength()
    {
        const int Tasks = 50_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var state = new LiveState();
        var rest = new string('x', 10_000);
        for (var task = 0; task < Tasks; task++)
        {
            state.Apply(
                new MonitoringEvent
                {
                    EventId = $"e{task}",
                    Timestamp = LogScript.Start,
                    EventType = EventTypes.TaskRetry,
                    TaskId = $"01a20849cd387600-{task:x8}",
                    Message = $"{task} {rest}",
                    Error = $"{task} failed {rest}",
                    SpanId = $"{task:x16}",
                },
                new LogPosition((ulong)LogScript.Start.ToUnixTimeMilliseconds(), (ulong)task));
        }

        var used = GC.GetTotalMemory(forceFullCollection: true) - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{used / Tasks} B a task");
        Assert.InRange(used / Tasks, 0, 1_400);
        var held = state.Task("01a20849cd387600-00000007")!;
        Assert.Equal((LiveStateLimits.TextLength, LiveStateLimits.TextLength), (held.Message!.Length, held.Error!.Length));
        Assert.EndsWith("x\u2026", held.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_TextThatWouldBeCutWithinACharacter_IsCutBeforeIt()
    {
        var text = new string('x', LiveStateLimits.TextLength - 2) + "\U0001F680 and on";
        var state = new LogScript().Task(1, EventTypes.TaskFailed, "a", error: text).Fold();

        Assert.Equal(new string('x', LiveStateLimits.TextLength - 2) + "\u2026", state.Task("a")!.Error);
        Assert.Equal(text, state.Errors.Single().LastError);
    }

    /// <summary>A task that takes the place of one that was forgotten has nothing of it.</summary>
    [Fact]
    public void Apply_NewTaskInAFullTable_IsAsIfItWereTheFirst()
    {
        var full = new LogScript()
            .Add(0, EventTypes.WorkerStarted, e => e with { ProjectId = null, WorkerId = 1 })
            .Task(1, EventTypes.TaskEnqueued, "old", retry: 0)
            .Task(2, EventTypes.TaskStarted, "old", worker: 1, retry: 0)
            .Add(30, EventTypes.WorkerLost, e => e with { ProjectId = null, WorkerId = 1 })
            .Add(30, EventTypes.TaskStalled, e => e with { TaskId = "old", WorkerId = 1, Error = "lost", TraceId = "t", SpanId = "s", Source = "api", Meta = Evidence(1, LogPosition.At(LogScript.At(29))) })
            .Add(31, EventTypes.WorkerHeartbeat, e => e with { ProjectId = null, WorkerId = 1 })
            .Task(32, EventTypes.TaskStarted, "old", worker: 2, retry: 1)
            .Task(33, EventTypes.TaskFailed, "old", worker: 2, ms: 5, error: "no", retry: 1);
        for (var i = 0; i < 4; i++)
        {
            full.Task(40 + i, EventTypes.TaskEnqueued, $"new{i}");
        }

        var state = full.Fold(new LiveStateLimits { Tasks = 2 });
        var alone = new LogScript();
        for (var i = 0; i < full.Count - 2; i++)
        {
            alone.Add(0, "cache_hit");
        }

        Assert.Equal(["new2", "new3"], state.OpenTasks.Select(task => task.TaskId));
        Assert.Equal(
            JsonSerializer.Serialize(alone.Task(42, EventTypes.TaskEnqueued, "new2").Fold().Task("new2")!, MonitoringJson.Context.TaskState),
            JsonSerializer.Serialize(state.Task("new2")!, MonitoringJson.Context.TaskState));
    }

    /// <summary>A table that is full forgets a task for each that begins, and the new one takes its place.</summary>
    [Fact]
    public void Apply_NewTasksInAFullTable_AllocatesNothing()
    {
        const int Tasks = 4_096;
        var script = new List<MonitoringEvent>();
        for (var i = 0; i < Tasks; i++)
        {
            foreach (var type in (string[])[EventTypes.TaskEnqueued, EventTypes.TaskStarted, EventTypes.TaskCompleted])
            {
                script.Add(new MonitoringEvent
                {
                    EventId = $"{type}-{i}",
                    Timestamp = LogScript.Start,
                    EventType = type,
                    ProjectId = "atlas",
                    ParentTaskId = "run1",
                    TaskId = $"task-{i}",
                    TaskType = "search",
                    WorkerId = i % 8,
                });
            }
        }

        var state = new LiveState(new LiveStateLimits { EndedTasks = Tasks / 4, RecentEvents = 64 });
        var n = 0ul;
        Round();
        Round();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Round();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(Tasks / 4, state.TasksHeld);

        void Round()
        {
            foreach (var e in script)
            {
                state.Apply(e, new LogPosition(1_795_435_200_000 + (n / 60), n++));
            }
        }
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

    private static JsonElement Evidence(int worker, LogPosition upto) => new Verdict
    {
        WorkerId = worker,
        Reason = VerdictReasons.Silent,
        LastSeenAt = LogScript.Start,
        LastHeartbeatAt = LogScript.Start,
        TtlMs = 30_000,
        Token = 1,
        Upto = upto,
    }.ToMeta();
}
