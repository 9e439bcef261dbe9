using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Contracts.Stories;

namespace Nexus.Monitoring.Contracts.Tests.State;

/// <summary>Workers that were lost and come back: what they still have is theirs again, and what others have taken is not theirs to end.</summary>
public sealed class SupersededTests
{
    /// <summary>Worker 1 has three tasks, is lost, and speaks again at 50 s.</summary>
    private static LogScript Lost() => new LogScript()
        .Add(0, EventTypes.WorkerStarted, e => e with { ProjectId = null, WorkerId = 1 })
        .Add(0, EventTypes.WorkerStarted, e => e with { ProjectId = null, WorkerId = 2 })
        .Task(1, EventTypes.TaskStarted, "a", worker: 1, retry: 0)
        .Task(2, EventTypes.TaskStarted, "b", worker: 1, retry: 0)
        .Task(3, EventTypes.TaskStarted, "c", worker: 1, retry: 0)
        .Add(40, EventTypes.WorkerLost, e => e with { ProjectId = null, WorkerId = 1, Error = "Worker 1 lost", Meta = Evidence() })
        .Add(40, EventTypes.TaskStalled, e => Orphan(e, "a"))
        .Add(40, EventTypes.TaskStalled, e => Orphan(e, "b"))
        .Add(40, EventTypes.TaskStalled, e => Orphan(e, "c"));

    [Theory]
    [InlineData(EventTypes.TaskCompleted, EventStatuses.Completed)]
    [InlineData(EventTypes.TaskRetry, EventStatuses.Retrying)]
    [InlineData(EventTypes.TaskFailed, EventStatuses.Failed)]
    [InlineData(EventTypes.TaskStarted, EventStatuses.Processing)]
    public void Apply_LostWorkerSpeaksOfATaskBeforeItsHeartbeat_ItsOtherTasksAreReinstated(string type, string status)
    {
        var state = Lost().Task(50, type, type == EventTypes.TaskStarted ? "d" : "a", worker: 1)
            .Add(55, EventTypes.WorkerHeartbeat, e => e with { ProjectId = null, WorkerId = 1 })
            .Fold();

        Assert.Equal(status, state.Task(type == EventTypes.TaskStarted ? "d" : "a")!.Status);
        Assert.All(["b", "c"], task => Assert.Equal((EventStatuses.Processing, LogScript.At(50)), (state.Task(task)!.Status, state.Task(task)!.RepairedAt)));
        Assert.Equal(type == EventTypes.TaskStarted ? ["a", "b", "c", "d"] : type == EventTypes.TaskRetry ? ["a", "b", "c"] : ["b", "c"], state.OpenTasks.Select(task => task.TaskId).Order());
        Assert.Equal(0, state.All.Tasks.Orphaned);
        Assert.Equal((WorkerStatus.Busy, LogScript.At(50)), (state.Worker(1)!.Status, state.Worker(1)!.ReinstatedAt));
    }

    [Theory]
    [InlineData(EventTypes.TaskFailed, EventStatuses.Failed, 0)]
    [InlineData(EventTypes.TaskRetry, EventStatuses.Failed, 1)]
    [InlineData(EventTypes.TaskCompleted, EventStatuses.Completed, 0)]
    [InlineData(EventTypes.TaskFailed, EventStatuses.Failed, null)]
    [InlineData(EventTypes.TaskRetry, EventStatuses.Failed, null)]
    [InlineData(EventTypes.TaskCompleted, EventStatuses.Completed, null)]
    public void Apply_LateWordOnATaskThatAnotherHasInHand_TheTaskStaysTheOthers(string type, string outcome, int? retry)
    {
        var script = Lost()
            .Task(41, EventTypes.TaskEnqueued, "a", retry: 1)
            .Task(42, EventTypes.TaskStarted, "a", worker: 2, retry: 1);
        var error = type == EventTypes.TaskCompleted ? null : "too late";
        var before = script.Fold();
        script.Task(50, type, "a", worker: 1, ms: 49_000, error: error, retry: retry);
        var state = script.Fold();

        var task = state.Task("a")!;
        Assert.Equal((EventStatuses.Processing, 2, 2, "Worker 1 lost"), (task.Status, task.WorkerId, task.Attempt, task.Error));
        Assert.Equal((WorkerStatus.Busy, "a"), (state.Worker(2)!.Status, state.Worker(2)!.TaskId));
        Assert.Equal(["a"], LiveState.HeldBy(state.Worker(2)!).Select(held => held.TaskId));
        Assert.Equal((before.All.Tasks.Completed, before.All.Tasks.Failed, before.All.Tasks.Retries), (state.All.Tasks.Completed, state.All.Tasks.Failed, state.All.Tasks.Retries));

        // It is a sign of life, and an attempt of worker 1 that ended
        Assert.Equal((LogScript.At(50), 1L), (state.Worker(1)!.ReinstatedAt, state.Worker(1)!.Completed + state.Worker(1)!.Failed));
        Assert.Equal(EventStatuses.Processing, state.Task("b")!.Status);
        Assert.Equal(error is null ? 0 : 1, state.Errors.Count(group => group.LastError == "too late" && group.Final == 0));

        var story = script.Tell().Task("a")!;
        Assert.Equal((EventStatuses.Processing, 2), (story.Status, story.WorkerId));
        var first = story.Spans.First(span => span.Kind == SpanKind.Attempt);
        Assert.Equal(
            (EventStatuses.Orphaned, LogScript.At(40), outcome, LogScript.At(50)), (first.Outcome, first.OrphanedAt, first.LateOutcome, first.LateAt));

        // What worker 2 says is the task's
        var end = script.Task(60, EventTypes.TaskCompleted, "a", worker: 2, ms: 18_000, retry: 1).Fold();
        Assert.Equal((EventStatuses.Completed, 2), (end.Task("a")!.Status, end.Task("a")!.WorkerId));
        Assert.Equal(EventStatuses.Completed, script.Tell().Task("a")!.Status);
    }

    [Theory]
    [InlineData(EventTypes.TaskFailed, EventStatuses.Pending)]
    [InlineData(EventTypes.TaskRetry, EventStatuses.Pending)]
    [InlineData(EventTypes.TaskCompleted, EventStatuses.Completed)]
    public void Apply_LateWordOnATaskThatWasPutBack_OnlyAResultCounts(string type, string status)
    {
        var script = Lost().Task(41, EventTypes.TaskEnqueued, "a", retry: 1).Task(50, type, "a", worker: 1, ms: 49_000, error: type == EventTypes.TaskCompleted ? null : "no");

        Assert.Equal(status, script.Fold().Task("a")!.Status);
        Assert.Equal(status, script.Tell().Task("a")!.Status);
        Assert.Equal(status == EventStatuses.Completed ? LogScript.At(50) : null, script.Fold().Task("a")!.RepairedAt);
    }

    [Theory]
    [InlineData(EventTypes.TaskFailed)]
    [InlineData(EventTypes.TaskRetry)]
    [InlineData(EventTypes.TaskCompleted)]
    public void Apply_LateWordOnATaskThatAnotherHasCompleted_ChangesNothingAboutIt(string type)
    {
        var script = Lost()
            .Task(41, EventTypes.TaskEnqueued, "a", retry: 1)
            .Task(42, EventTypes.TaskStarted, "a", worker: 2, retry: 1)
            .Task(45, EventTypes.TaskCompleted, "a", worker: 2, ms: 3_000, retry: 1)
            .Task(50, type, "a", worker: 1, ms: 49_000, retry: type == EventTypes.TaskRetry ? 1 : 0);
        var state = script.Fold();

        Assert.Equal((EventStatuses.Completed, 2, LogScript.At(45)), (state.Task("a")!.Status, state.Task("a")!.WorkerId, state.Task("a")!.EndedAt));
        Assert.Equal((1L, 0L), (state.All.Tasks.Completed, state.All.Tasks.Failed));
        Assert.Equal(EventStatuses.Completed, script.Tell().Task("a")!.Status);
    }

    /// <summary>A coordinator that gives up what a lost worker left names itself, and it had the task never.</summary>
    [Fact]
    public void Apply_EndByAWorkerThatNeverHadTheTask_Counts()
    {
        var script = Lost().Task(50, EventTypes.TaskFailed, "a", worker: 2, error: "gave up", retry: 0);

        Assert.Equal((EventStatuses.Failed, "gave up"), (script.Fold().Task("a")!.Status, script.Fold().Task("a")!.Error));
        Assert.Equal(EventStatuses.Failed, script.Tell().Task("a")!.Status);
    }

    /// <summary>Attempts of one task that fail on one worker after another supersede nothing.</summary>
    [Fact]
    public void Apply_RetriesOnOtherWorkers_CountAsEver()
    {
        var state = new LogScript()
            .Task(1, EventTypes.TaskStarted, "a", worker: 1, retry: 0).Task(2, EventTypes.TaskRetry, "a", worker: 1, retry: 1)
            .Task(3, EventTypes.TaskStarted, "a", worker: 2, retry: 1).Task(4, EventTypes.TaskRetry, "a", worker: 2, retry: 2)
            .Task(5, EventTypes.TaskFailed, "a", worker: 3, ms: 10, retry: 2)
            .Fold();

        Assert.Equal((EventStatuses.Failed, 3, 2L), (state.Task("a")!.Status, state.Task("a")!.Attempt, state.All.Tasks.Retries));
    }

    [Theory]
    [InlineData(null, EventStatuses.Orphaned)]
    [InlineData(EventStatuses.Orphaned, EventStatuses.Orphaned)]
    [InlineData(EventStatuses.Processing, EventStatuses.Processing)]
    public void Apply_StalledWithAndWithoutStatus_MeansTheSameToStateAndStory(string? said, string stands)
    {
        var script = new LogScript().Task(1, EventTypes.TaskStarted, "a", worker: 1)
            .Add(30, EventTypes.TaskStalled, e => e with { ParentTaskId = "run1", TaskId = "a", WorkerId = 1, Status = said, Error = "no progress for 29 s" });
        var state = script.Fold();

        Assert.Equal((stands, "no progress for 29 s"), (state.Task("a")!.Status, state.Task("a")!.Error));
        Assert.Equal(stands, script.Tell().Task("a")!.Status);
        Assert.Equal(stands == EventStatuses.Orphaned ? 1 : 0, state.Errors.Count());
    }

    [Fact]
    public void Apply_RetryThatSaysWhenItGoesOn_IsKnownUntilItDoes()
    {
        var script = new LogScript().Task(1, EventTypes.TaskStarted, "a", worker: 1).Add(2, EventTypes.TaskRetry, e => e with
        {
            ParentTaskId = "run1",
            TaskId = "a",
            WorkerId = 1,
            Meta = JsonSerializer.Deserialize<JsonElement>("""{"retry_delay_ms":2500}"""),
        });

        Assert.Equal((LogScript.At(4.5), LogScript.At(4.5)), (script.Fold().Task("a")!.RetryAt, script.Tell().Task("a")!.RetryAt));
        script.Task(5, EventTypes.TaskStarted, "a", worker: 1);
        Assert.Equal((null, null), (script.Fold().Task("a")!.RetryAt, script.Tell().Task("a")!.RetryAt));
    }

    private static MonitoringEvent Orphan(MonitoringEvent e, string task) => e with
    {
        ParentTaskId = "run1",
        TaskId = task,
        Phase = "search",
        WorkerId = 1,
        Status = EventStatuses.Orphaned,
        Error = "Worker 1 lost",
        Meta = Evidence(),
    };

    private static JsonElement Evidence() => new Verdict
    {
        WorkerId = 1,
        Reason = VerdictReasons.Silent,
        LastSeenAt = LogScript.At(3),
        TtlMs = 30_000,
        Token = 1,
        Upto = new((ulong)LogScript.At(39).ToUnixTimeMilliseconds(), ulong.MaxValue),
    }.ToMeta();
}
