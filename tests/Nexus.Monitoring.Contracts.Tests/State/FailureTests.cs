using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Contracts.Tests.State;

/// <summary>Failures told apart, verdicts and their repair, with every figure written by hand.</summary>
public sealed class FailureTests
{
    /// <summary>
    /// Five tasks that got no result, each for a reason of its own, a sixth that only its producer can name, and one that was reopened.
    /// </summary>
    private static LogScript Script()
    {
        var script = new LogScript()
            .Task(1, EventTypes.TaskStarted, "error", worker: 1).Task(2, EventTypes.TaskFailed, "error", worker: 1, error: "HTTP 404")
            .Task(3, EventTypes.TaskStarted, "slow", worker: 1);
        script.Add(3, EventTypes.TaskFailed, e => e with { ParentTaskId = "run1", Phase = "search", TaskId = "slow", WorkerId = 1, FailureKind = FailureKinds.TimedOut });
        script.Task(4, EventTypes.TaskEnqueued, "unwanted").Task(4, EventTypes.TaskCancelled, "unwanted")
            .Task(5, EventTypes.TaskEnqueued, "waited").Task(5, EventTypes.TaskFailed, "waited", error: "no budget left")
            .Task(6, EventTypes.TaskStarted, "left", worker: 2);
        Judge(script, 40, "left", worker: 2, upto: 6);
        script.Task(41, EventTypes.TaskFailed, "left", error: "gave up");
        script.Add(42, EventTypes.TaskFailed, e => e with { ParentTaskId = "run1", Phase = "search", TaskId = "own", FailureKind = "content_filter" });
        return script.Task(43, EventTypes.TaskFailed, "again").Task(44, EventTypes.TaskEnqueued, "again");
    }

    [Fact]
    public void Apply_TasksWithoutAResult_AreToldApart()
    {
        var state = Script().Fold();

        Assert.Equal(
            [
                ("error", EventStatuses.Failed, FailureKinds.Error), ("slow", EventStatuses.Failed, FailureKinds.TimedOut),
                ("unwanted", EventStatuses.Cancelled, null), ("waited", EventStatuses.Failed, FailureKinds.NeverStarted),
                ("left", EventStatuses.Failed, FailureKinds.Orphaned), ("own", EventStatuses.Failed, "content_filter"),
            ],
            state.EndedTasks.Reverse().Select(task => (task.TaskId, task.Status, task.FailureKind)));
        Assert.Null(state.Task("again")!.FailureKind);
        Assert.All([state.All.Tasks, state.Project("atlas")!.Tasks, state.Run("run1")!.Tasks, state.Run("run1")!.Phases[0].Tasks], counts => Assert.Equal(
            (5L, 1L, 1L, 1L, 1L, 1L, 7L),
            (counts.Failed, counts.Cancelled, counts.FailedTimedOut, counts.FailedOrphaned, counts.FailedNeverStarted, counts.Pending, counts.Total)));
    }

    [Fact]
    public void Apply_RunEndsWithAPhaseUnderWay_SaysWhichAndSinceWhen()
    {
        var state = new LogScript()
            .Add(1, EventTypes.RunStarted, e => e with { ParentTaskId = "run1" })
            .Add(2, EventTypes.PhaseStarted, e => e with { ParentTaskId = "run1", Phase = "search" })
            .Add(3, EventTypes.PhaseCompleted, e => e with { ParentTaskId = "run1", Phase = "search" })
            .Add(4, EventTypes.PhaseStarted, e => e with { ParentTaskId = "run1", Phase = "storage" })
            .Add(5, EventTypes.RunFailed, e => e with { ParentTaskId = "run1" })
            .Fold();

        Assert.Equal([new UnendedPhase("storage", LogScript.At(4))], state.Run("run1")!.UnendedPhases);
    }

    [Fact]
    public void Apply_VerdictThatTheLogContradicts_IsVoid()
    {
        var script = new LogScript()
            .Add(1, EventTypes.WorkerStarted, e => e with { WorkerId = 2 })
            .Task(2, EventTypes.TaskStarted, "a", worker: 2)
            .Add(31, EventTypes.WorkerHeartbeat, e => e with { WorkerId = 2 });
        Lose(script, 32, worker: 2, upto: 30);
        Judge(script, 32, "a", worker: 2, upto: 30);

        var state = script.Fold();

        Assert.Equal((WorkerStatus.Busy, EventStatuses.Processing), (state.Worker(2)!.Status, state.Task("a")!.Status));
        Assert.Equal((0, 0), (state.All.Tasks.Orphaned, state.Errors.Count()));
    }

    [Fact]
    public void Apply_VerdictOnATaskThatAnotherTookInHand_IsVoid()
    {
        var script = new LogScript().Task(1, EventTypes.TaskStarted, "a", worker: 2).Task(2, EventTypes.TaskStarted, "a", worker: 3);
        Judge(script, 40, "a", worker: 2, upto: 39);

        Assert.Equal(EventStatuses.Processing, script.Fold().Task("a")!.Status);
    }

    [Fact]
    public void Apply_WorkerWithSeveralTasks_GoesOnWithTheOthers()
    {
        var state = new LogScript()
            .Task(1, EventTypes.TaskStarted, "a", worker: 2)
            .Task(2, EventTypes.TaskStarted, "b", worker: 2)
            .Task(3, EventTypes.TaskStarted, "c", worker: 2)
            .Task(4, EventTypes.TaskCompleted, "c", worker: 2)
            .Task(5, EventTypes.TaskRetry, "a", worker: 2)
            .Fold();

        var worker = state.Worker(2)!;
        Assert.Equal((WorkerStatus.Busy, "b", LogScript.At(2), 1), (worker.Status, worker.TaskId, worker.BusySince, worker.TasksHeld));
        Assert.Equal(["b"], LiveState.HeldBy(worker).Select(task => task.TaskId));
        Assert.Equal(1, state.WorkersBusy);
    }

    [Fact]
    public void FromSnapshot_AtAnyEventOfAReinstatement_GoesOnAsIfNeverStopped()
    {
        var script = new LogScript()
            .Add(1, EventTypes.WorkerStarted, e => e with { WorkerId = 2, Source = "s" })
            .Task(2, EventTypes.TaskStarted, "a", worker: 2)
            .Task(3, EventTypes.TaskStarted, "b", worker: 2);
        Lose(script, 40, worker: 2, upto: 39);
        Judge(script, 40, "a", worker: 2, upto: 39);
        Judge(script, 40, "b", worker: 2, upto: 39);
        script.Task(41, EventTypes.TaskEnqueued, "b")
            .Add(50, EventTypes.WorkerHeartbeat, e => e with { WorkerId = 2, Source = "s" })
            .Task(51, EventTypes.TaskCompleted, "b", worker: 2);
        var expected = Json(script.Fold());
        for (var i = 0; i <= script.Count; i++)
        {
            var (before, after) = script.SplitAt(i);
            var snapshot = JsonSerializer.Deserialize(Json(before.Fold()), MonitoringJson.Context.LiveStateSnapshot)!;

            Assert.Equal(expected, Json(after.FoldInto(LiveState.FromSnapshot(snapshot))));
        }

        var state = script.Fold();
        Assert.Equal((EventStatuses.Processing, LogScript.At(50)), (state.Task("a")!.Status, state.Task("a")!.RepairedAt));
        Assert.Equal((EventStatuses.Completed, LogScript.At(51)), (state.Task("b")!.Status, state.Task("b")!.RepairedAt));
        Assert.Equal(LogScript.At(50), state.Worker(2)!.ReinstatedAt);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"verdict":7}""")]
    [InlineData("""{"verdict":{"worker_id":"x"}}""")]
    public void Verdict_OfOtherMeta_IsNone(string meta) => Assert.Null(Verdict.Of(new MonitoringEvent
    {
        EventId = "e",
        Timestamp = LogScript.Start,
        EventType = EventTypes.WorkerLost,
        Meta = JsonSerializer.Deserialize<JsonElement>(meta),
    }));

    private static void Lose(LogScript script, double seconds, int worker, double upto) =>
        script.Add(seconds, EventTypes.WorkerLost, e => e with { ProjectId = null, WorkerId = worker, Error = "lost", Meta = Evidence(worker, upto) });

    private static void Judge(LogScript script, double seconds, string task, int worker, double upto) =>
        script.Add(seconds, EventTypes.TaskStalled, e => e with
        {
            ParentTaskId = "run1",
            Phase = "search",
            TaskId = task,
            WorkerId = worker,
            Error = "lost",
            Meta = Evidence(worker, upto),
        });

    private static JsonElement Evidence(int worker, double upto) => new Verdict
    {
        WorkerId = worker,
        Reason = VerdictReasons.Silent,
        LastSeenAt = LogScript.At(1),
        TtlMs = 30_000,
        Token = 1,
        Upto = new((ulong)LogScript.At(upto).ToUnixTimeMilliseconds(), ulong.MaxValue),
    }.ToMeta();

    private static string Json(LiveState state) => JsonSerializer.Serialize(state.ToSnapshot(), MonitoringJson.Context.LiveStateSnapshot);
}
