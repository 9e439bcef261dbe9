using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Contracts.Tests.State;

/// <summary>Producers that send twice, or in another order than things happened in.</summary>
public sealed class DisorderTests
{
    private static readonly string[] Lives = ["task_enqueued", "task_started", "task_completed"];

    [Fact]
    public void Apply_EachEventTwice_FoldsTheSameAsOnce()
    {
        var once = Script(repeat: 1).Fold();
        var twice = Script(repeat: 2).Fold();

        Assert.Equal(4, twice.EventsRepeated);
        Assert.Equal(Figures(once), Figures(twice));
        Assert.Equal((1L, 1L, 1L, 1), (twice.All.Tasks.Completed, twice.Worker(3)!.Completed, twice.All.Series.Buckets.Sum(bucket => bucket.Started), twice.Task("a")!.Attempt));

        static (long, long, long, DateTimeOffset?) Figures(LiveState state) =>
            (state.Events, state.All.Tasks.Completed, state.All.Series.Buckets.Sum(bucket => bucket.Events), state.Task("a")!.EndedAt);
    }

    [Fact]
    public void Apply_RepeatedAfterASnapshot_IsStillKnown()
    {
        var (first, second) = Script(repeat: 2).SplitAt(7);
        var json = JsonSerializer.Serialize(first.Fold().ToSnapshot(), MonitoringJson.Context.LiveStateSnapshot);
        var state = second.FoldInto(LiveState.FromSnapshot(JsonSerializer.Deserialize(json, MonitoringJson.Context.LiveStateSnapshot)!));

        Assert.Equal((4L, 1L), (state.EventsRepeated, state.All.Tasks.Completed));
    }

    [Fact]
    public void Apply_RepeatedAfterMoreEventsThanAreRemembered_CountsAgain()
    {
        var script = new LogScript();
        foreach (var id in (string[])["a", "b", "c", "a"])
        {
            script.Add(1, "cache_hit", e => e with { EventId = id });
        }

        Assert.Equal(4, script.Fold(new LiveStateLimits { RecentEvents = 2 }).Events);
        Assert.Equal(3, script.Fold(new LiveStateLimits { RecentEvents = 3 }).Events);
    }

    /// <summary>All orders of one attempt lead to the same end.</summary>
    [Fact]
    public void Apply_AnyOrderOfOneAttempt_TheTaskHasEndedAndNobodyHoldsIt()
    {
        foreach (var order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
        {
            var state = Shuffled(order).Fold();
            var task = state.Task("a")!;

            Assert.Equal((EventStatuses.Completed, 1, 300L), (task.Status, task.Attempt, task.DurationMs));
            Assert.Equal((WorkerStatus.Idle, 0, 1L), (state.Worker(3)!.Status, state.Worker(3)!.TasksHeld, state.Worker(3)!.Completed));
            Assert.Equal((1L, 0L, 0L), (state.All.Tasks.Completed, state.All.Tasks.Processing, state.All.Tasks.Pending));
        }
    }

    [Fact]
    public void Apply_StartedBeforeEnqueued_TheTaskRuns()
    {
        var state = Shuffled([1, 0]).Fold();

        Assert.Equal((EventStatuses.Processing, WorkerStatus.Busy), (state.Task("a")!.Status, state.Worker(3)!.Status));
    }

    /// <summary>A task that is done anew is told from an event that came late by when it was sent.</summary>
    [Fact]
    public void Apply_TheSameTaskDoneAnewFromTheFirstAttempt_Runs()
    {
        var script = Shuffled([0, 1, 2]);
        Line(script, 20, "task_enqueued");
        Assert.Equal(EventStatuses.Pending, script.Fold().Task("a")!.Status);
        Line(script, 21, "task_started");
        Assert.Equal((EventStatuses.Processing, 1), (script.Fold().Task("a")!.Status, script.Fold().Worker(3)!.TasksHeld));
    }

    [Fact]
    public void Apply_RetryBeforeItsStart_TheTaskWaits()
    {
        var script = new LogScript();
        Line(script, 1, "task_enqueued");
        Line(script, 2, "task_retry", produced: 2, retry: 1);
        Line(script, 2.1, "task_started", produced: 1.5);

        Assert.Equal((EventStatuses.Retrying, WorkerStatus.Idle), (script.Fold().Task("a")!.Status, script.Fold().Worker(3)!.Status));
    }

    [Fact]
    public void Apply_PhaseStartedAfterItsEnd_TheRunHasNoUnendedPhase()
    {
        var state = new LogScript()
            .Add(1, EventTypes.RunStarted, e => e with { TaskId = "run1" })
            .Add(2, EventTypes.PhaseCompleted, e => e with { ParentTaskId = "run1", Phase = "storage", DurationMs = 5 })
            .Add(2, EventTypes.PhaseStarted, e => e with { ParentTaskId = "run1", Phase = "storage" })
            .Add(3, EventTypes.RunCompleted, e => e with { TaskId = "run1" })
            .Fold();

        Assert.Empty(state.Run("run1")!.UnendedPhases ?? []);
    }

    [Fact]
    public void Apply_WorkSentBeforeTheFarewellComesAfterIt_TheWorkerStaysStopped()
    {
        var script = Shuffled([0, 1]);
        script.Add(20, EventTypes.WorkerStopped, e => e with { WorkerId = 3, Source = "sim/1", Timestamp = LogScript.At(20) });
        Line(script, 20.5, "task_completed", produced: 19.5);
        Assert.Equal((WorkerStatus.Stopped, 1L, 0), (script.Fold().Worker(3)!.Status, script.Fold().Worker(3)!.Completed, script.Fold().Worker(3)!.TasksHeld));

        script.Add(30, EventTypes.WorkerHeartbeat, e => e with { WorkerId = 3, Source = "sim/1", Timestamp = LogScript.At(30) });
        Assert.Equal(WorkerStatus.Idle, script.Fold().Worker(3)!.Status);
    }

    private static LogScript Script(int repeat)
    {
        var script = new LogScript();
        var id = 0;
        foreach (var (second, type) in ((double, string)[])[(0, EventTypes.WorkerStarted), (1, Lives[0]), (2, Lives[1]), (5, Lives[2])])
        {
            id++;
            for (var i = 0; i < repeat; i++)
            {
                script.Add(second, type, e => e with
                {
                    EventId = $"id{id}",
                    TaskId = type.StartsWith("task", StringComparison.Ordinal) ? "a" : null,
                    WorkerId = type == Lives[0] ? null : 3,
                });
            }
        }

        return script;
    }

    /// <summary>Worker 3 is there; then the lines of one attempt come, in the order given.</summary>
    private static LogScript Shuffled(int[] order)
    {
        var script = new LogScript().Add(0, EventTypes.WorkerStarted, e => e with { WorkerId = 3, Source = "sim/1" });
        for (var i = 0; i < order.Length; i++)
        {
            Line(script, 10 + (i / 10.0), Lives[order[i]], produced: 9 + (order[i] / 10.0));
        }

        return script;
    }

    private static void Line(LogScript script, double second, string type, double? produced = null, int retry = 0) => script.Add(second, type, e => e with
    {
        TaskId = "a",
        TaskType = "search",
        Source = "sim/1",
        Timestamp = LogScript.At(produced ?? second),
        RetryCount = retry,
        WorkerId = type == "task_enqueued" ? null : 3,
        DurationMs = type is "task_completed" or "task_retry" ? 300 : null,
    });
}
