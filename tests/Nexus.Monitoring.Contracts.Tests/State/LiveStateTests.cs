using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Contracts.Tests.State;

public sealed class LiveStateTests
{
    /// <summary>
    /// A run of one phase with four tasks: a completes, b fails once and completes, c is given up, d is orphaned with its worker.
    /// </summary>
    private static LogScript Script() => new LogScript()
        .Add(0, EventTypes.WorkerStarted, e => e with { ProjectId = null, WorkerId = 1, Source = "sim/1" })
        .Add(0, EventTypes.WorkerStarted, e => e with { ProjectId = null, WorkerId = 2, Source = "sim/1" })
        .Add(1, EventTypes.RunStarted, e => e with { ParentTaskId = "run1", Message = "EU packaging suppliers", TraceId = "4bf92f3577b34da6a3ce929d0e0e4736" })
        .Add(1, EventTypes.PhaseStarted, e => e with { ParentTaskId = "run1", Phase = "search", Counts = new Dictionary<string, long> { ["total"] = 5 } })
        .Task(2, EventTypes.TaskEnqueued, "a")
        .Task(2, EventTypes.TaskEnqueued, "b")
        .Task(2, EventTypes.TaskEnqueued, "c")
        .Task(2, EventTypes.TaskEnqueued, "d")
        .Add(2, EventTypes.QueueDepthUpdate, e => e with { ProjectId = null, Queue = new Dictionary<string, long> { ["high_priority"] = 1, ["normal_priority"] = 3 } })
        .Add(2, EventTypes.QueueDepthUpdate, e => e with { ProjectId = null, Queue = new Dictionary<string, long> { ["search"] = 4 } })
        .Task(3, EventTypes.TaskStarted, "a", worker: 1, retry: 0)
        .Task(4, EventTypes.TaskStarted, "b", worker: 2, retry: 0)
        .Task(5, EventTypes.TaskCompleted, "a", worker: 1, ms: 10)
        .Task(6, EventTypes.TaskRetry, "b", worker: 2, ms: 12, error: "HTTP 429 from provider, retry in 2 s", retry: 1)
        .Task(7, EventTypes.TaskStarted, "c", worker: 1, retry: 0)
        .Task(8, EventTypes.TaskFailed, "c", worker: 1, ms: 14, error: "HTTP 429 from provider, retry in 4 s")
        .Task(9, EventTypes.TaskStarted, "b", worker: 1, retry: 1)
        .Task(10, EventTypes.TaskCompleted, "b", worker: 1)
        .Task(11, EventTypes.TaskStarted, "d", worker: 2, retry: 0)
        .Add(12, EventTypes.WorkerHeartbeat, e => e with { ProjectId = null, WorkerId = 1 })
        .Add(40, EventTypes.WorkerLost, e => e with { ProjectId = null, WorkerId = 2, Error = "Worker 2 lost: no heartbeat for 30 s" })
        .Task(40, EventTypes.TaskStalled, "d", worker: 2, error: "Worker 2 lost: no heartbeat for 30 s");

    [Fact]
    public void Apply_ScriptedRun_EveryNumberIsRight()
    {
        var state = Script().Fold();

        Assert.Equal(22, state.Events);
        Assert.Equal((0, 0, 0, 1, 2, 1, 1), Counts(state.All.Tasks));

        var run = Assert.Single(state.OpenRuns);
        Assert.Equal("EU packaging suppliers", run.Name);
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", run.TraceId);
        Assert.Equal(LogScript.At(1), run.StartedAt);
        Assert.Equal((0, 0, 0, 1, 2, 1, 1), Counts(run.Tasks));

        var phase = Assert.Single(run.Phases);
        Assert.Equal((EventStatuses.Processing, 5, 4), (phase.Status, phase.Total, phase.Tasks.Total));
        Assert.Equal((0, 0, 0, 1, 2, 1, 1), Counts(phase.Tasks));

        var b = state.Task("b")!;
        Assert.Equal((EventStatuses.Completed, 2, 3000, 1000), (b.Status, b.Attempt, b.WaitMs, b.DurationMs));
        Assert.Equal(LogScript.At(10), b.EndedAt);
        Assert.Equal("HTTP 429 from provider, retry in 2 s", b.Error);

        var d = state.Task("d")!;
        Assert.Equal((EventStatuses.Orphaned, 9000, 2), (d.Status, d.WaitMs, d.WorkerId));
        Assert.Equal(["d"], state.OpenTasks.Select(task => task.TaskId));
        Assert.Equal(["b", "c", "a"], state.EndedTasks.Select(task => task.TaskId));
    }

    [Fact]
    public void Apply_ScriptedRun_WorkersAndQueuesAreRight()
    {
        var state = Script().Fold();

        Assert.Equal((1, 0), (state.WorkersOnline, state.WorkersBusy));
        var first = Assert.Single(state.OnlineWorkers);
        Assert.Equal((1, WorkerStatus.Idle, 2L, 1L), (first.WorkerId, first.Status, first.Completed, first.Failed));
        Assert.Equal((LogScript.At(12), LogScript.At(12)), (first.LastHeartbeatAt, first.LastSeenAt));

        var second = Assert.Single(state.GoneWorkers);
        Assert.Equal((2, WorkerStatus.Lost, "d", LogScript.At(11)), (second.WorkerId, second.Status, second.TaskId, second.LastSeenAt));
        Assert.Equal("Worker 2 lost: no heartbeat for 30 s", second.Error);

        Assert.Equal(4, state.Queues.Total);
        Assert.Equal(3, state.Queues.ByPriority["normal_priority"]);
        Assert.Equal(4, state.Queues.ByTaskType["search"]);
    }

    [Fact]
    public void Apply_ScriptedRun_RatesAndDurationsAreRight()
    {
        var state = Script().Fold();

        var window = state.All.Series.Sum(LogScript.At(0), LogScript.At(60));
        Assert.Equal((22, 4, 2, 1, 1, 1), (window.Events, window.Enqueued, window.Completed, window.Failed, window.Retried, window.Orphaned));
        Assert.Equal(0.5, window.ErrorRate);
        Assert.Equal(2, window.RunTime.Count);
        Assert.Equal(10, window.RunTime.Quantile(0.5));
        Assert.InRange(window.RunTime.Quantile(0.95)!.Value, 968, 1032);
        Assert.Equal(5, window.WaitTime.Count);

        var early = state.All.Series.Sum(LogScript.At(0), LogScript.At(5));
        Assert.Equal((12, 4, 0), (early.Events, early.Enqueued, early.Completed));

        var project = Assert.Single(state.Projects);
        Assert.Equal((16L, 4L), (project.Series.Sum(LogScript.At(0), LogScript.At(60)).Events, project.Tasks.Total));
    }

    [Fact]
    public void Apply_FailuresThatDifferInNumbers_AreOneGroup()
    {
        var state = Script().Fold();

        Assert.Collection(
            state.Errors,
            lost => Assert.Equal(("Worker ‹n› lost: no heartbeat for ‹n› s", 1L, 0L), (lost.Title, lost.Count, lost.Final)),
            limited =>
            {
                Assert.Equal(("HTTP 429 from provider, retry in ‹n› s", 2L, 1L), (limited.Title, limited.Count, limited.Final));
                Assert.Equal((LogScript.At(6), LogScript.At(8)), (limited.FirstSeenAt, limited.LastSeenAt));
                Assert.Equal(["search"], limited.TaskTypes);
                Assert.Equal("c", limited.LastTaskId);
            });
    }

    [Fact]
    public void Apply_LateCompletion_RepairsAnOrphan()
    {
        var state = Script().Task(50, EventTypes.TaskCompleted, "d", worker: 2, ms: 39_000).Fold();

        Assert.Equal((0, 0, 0, 0, 3, 1, 1), Counts(state.All.Tasks));
        Assert.Empty(state.OpenTasks);
        Assert.Equal(WorkerStatus.Idle, state.Worker(2)!.Status);
        Assert.Equal(2, state.WorkersOnline);
    }

    [Fact]
    public void Apply_RunAndPhaseEnd_AreShownAsEnded()
    {
        var state = Script()
            .Add(60, EventTypes.PhaseCompleted, e => e with { ParentTaskId = "run1", Phase = "search", DurationMs = 59_000 })
            .Add(61, EventTypes.RunFailed, e => e with { ParentTaskId = "run1", Error = "1 of 4 tasks failed" })
            .Fold();

        Assert.Empty(state.OpenRuns);
        var run = Assert.Single(state.EndedRuns);
        Assert.Equal((EventStatuses.Failed, 60_000, "1 of 4 tasks failed"), (run.Status, run.DurationMs, run.Error));
        Assert.Equal((EventStatuses.Completed, 59_000), (run.Phases[0].Status, run.Phases[0].DurationMs));
    }

    [Fact]
    public void Apply_SameLogTwice_ChangesNothing()
    {
        var script = Script();

        Assert.Equal(Json(script.Fold()), Json(script.FoldInto(script.Fold())));
    }

    [Fact]
    public void FromSnapshot_AtAnyEvent_GoesOnAsIfNeverStopped()
    {
        var script = Script();
        var expected = Json(script.Fold());
        for (var i = 0; i <= script.Count; i++)
        {
            var (before, after) = script.SplitAt(i);
            var snapshot = JsonSerializer.Deserialize(Json(before.Fold()), MonitoringJson.Context.LiveStateSnapshot)!;

            Assert.Equal(expected, Json(after.FoldInto(LiveState.FromSnapshot(snapshot))));
        }
    }

    [Fact]
    public void Apply_MoreThanTheLimits_ForgetsWhatEndedFirst()
    {
        var script = new LogScript()
            .Task(1, EventTypes.TaskEnqueued, "old").Task(2, EventTypes.TaskEnqueued, "open").Task(3, EventTypes.TaskCompleted, "old")
            .Task(4, EventTypes.TaskEnqueued, "new").Task(5, EventTypes.TaskEnqueued, "newer");

        var two = script.Fold(new LiveStateLimits { Tasks = 2 });

        Assert.Equal(["new", "newer"], two.OpenTasks.Select(task => task.TaskId));
        Assert.Null(two.Task("old"));
        Assert.Equal(1, two.OpenTasksForgotten);
        Assert.Equal((2, 0, 0, 0, 1, 0, 0), Counts(two.All.Tasks));
    }

    [Fact]
    public void Apply_UnknownType_IsOnlyCounted()
    {
        var state = new LogScript().Add(1, "cache_hit", e => e with { TaskId = "a" }).Fold();

        Assert.Equal(1, state.Events);
        Assert.Null(state.Task("a"));
    }

    [Fact]
    public void Series_LongerThanItsCapacity_KeepsTheNewest()
    {
        var script = new LogScript();
        for (var minute = 0; minute < 30; minute++)
        {
            script.Task(minute * 60, EventTypes.TaskCompleted, $"t{minute}", ms: 5);
        }

        var state = script.Fold();

        Assert.Equal(15, state.All.Series.Buckets.Count);
        Assert.Equal(LogScript.At(15 * 60), state.All.Series.Buckets.First().Start);
        Assert.Equal(30, state.All.Tasks.Completed);
    }

    private static (long, long, long, long, long, long, long) Counts(TaskCounts counts) =>
        (counts.Pending, counts.Processing, counts.Retrying, counts.Orphaned, counts.Completed, counts.Failed, counts.Retries);

    private static string Json(LiveState state) =>
        JsonSerializer.Serialize(state.ToSnapshot(), MonitoringJson.Context.LiveStateSnapshot);

    [Fact]
    public void Apply_TaskOfLostWorkerEndedByAnother_WorkerStaysLost()
    {
        var state = new LogScript()
            .Task(1, EventTypes.TaskStarted, "a", worker: 7)
            .Add(40, EventTypes.WorkerLost, e => e with { WorkerId = 7, Error = "Worker 7 lost: no heartbeat for 30 s" })
            .Task(41, EventTypes.TaskFailed, "a", error: "Worker 7 lost: no heartbeat for 30 s, gave up after 4 attempts")
            .Fold();

        var worker = state.Worker(7)!;
        Assert.Equal((WorkerStatus.Lost, "a", 0L), (worker.Status, worker.TaskId, worker.Failed));
        Assert.Equal((0, 0), (state.WorkersOnline, state.WorkersBusy));
        Assert.Equal(EventStatuses.Failed, state.Task("a")!.Status);
    }

    [Fact]
    public void Apply_WaitingTaskOfStoppedWorkerCancelled_WorkerStaysStopped()
    {
        var state = new LogScript()
            .Task(1, EventTypes.TaskStarted, "a", worker: 7)
            .Task(2, EventTypes.TaskRetry, "a", worker: 7, error: "HTTP 429 from provider, retry in 2 s", retry: 1)
            .Add(3, EventTypes.WorkerStopped, e => e with { WorkerId = 7 })
            .Task(4, EventTypes.TaskFailed, "a", error: "Cancelled: the coordinator stopped")
            .Fold();

        Assert.Equal((WorkerStatus.Stopped, 1L, 0), (state.Worker(7)!.Status, state.Worker(7)!.Failed, state.WorkersOnline));
    }
}
