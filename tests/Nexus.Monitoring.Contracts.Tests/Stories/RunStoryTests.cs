using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Contracts.Stories;
using Nexus.Monitoring.Contracts.Tests.State;

namespace Nexus.Monitoring.Contracts.Tests.Stories;

public sealed class RunStoryTests
{
    [Fact]
    public void Task_RetriedThenCompleted_TellsEachStretch()
    {
        var task = new LogScript()
            .Task(1, EventTypes.TaskEnqueued, "a")
            .Task(3, EventTypes.TaskStarted, "a", worker: 2)
            .Task(4, EventTypes.TaskRetry, "a", worker: 2, error: "HTTP 429", retry: 1)
            .Task(9, EventTypes.TaskStarted, "a", worker: 5, retry: 1)
            .Task(12, EventTypes.TaskCompleted, "a", worker: 5, retry: 1)
            .Tell().Task("a")!;

        Assert.Equal(
            [
                new StorySpan(SpanKind.Waiting, LogScript.At(1)) { To = LogScript.At(3) },
                new StorySpan(SpanKind.Attempt, LogScript.At(3)) { To = LogScript.At(4), Attempt = 1, WorkerId = 2, Outcome = "failed", Error = "HTTP 429" },
                new StorySpan(SpanKind.BackOff, LogScript.At(4)) { To = LogScript.At(9), Attempt = 1 },
                new StorySpan(SpanKind.Attempt, LogScript.At(9)) { To = LogScript.At(12), Attempt = 2, WorkerId = 5, Outcome = "completed" },
            ],
            task.Spans);
        Assert.Equal((EventStatuses.Completed, 2, 5, "HTTP 429"), (task.Status, task.Attempts, task.WorkerId, task.Error));
        Assert.Equal((TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(4)), (task.Waited(LogScript.At(60)), task.Ran(LogScript.At(60))));
        Assert.Equal((LogScript.At(1), LogScript.At(12)), (task.FirstAt, task.EndedAt));
    }

    [Fact]
    public void Task_Running_GrowsWithTheClock()
    {
        var task = new LogScript().Task(1, EventTypes.TaskEnqueued, "a").Task(3, EventTypes.TaskStarted, "a", worker: 2).Tell().Task("a")!;

        Assert.Equal(TimeSpan.FromSeconds(7), task.Ran(LogScript.At(10)));
        Assert.Null(task.EndedAt);
        Assert.Equal(TimeSpan.Zero, task.Ran(LogScript.At(2)));
    }

    [Fact]
    public void Task_ItsWorkerIsLost_EndsThereUntilSomeoneElseTakesIt()
    {
        var script = new LogScript()
            .Task(3, EventTypes.TaskStarted, "a", worker: 2)
            .Add(30, EventTypes.TaskStalled, e => e with { ParentTaskId = "run1", TaskId = "a", Status = EventStatuses.Orphaned });

        var orphan = script.Tell().Task("a")!;
        var again = script.Task(40, EventTypes.TaskStarted, "a", worker: 3, retry: 1).Tell().Task("a")!;

        Assert.Equal((EventStatuses.Orphaned, "orphaned"), (orphan.Status, Assert.Single(orphan.Spans).Outcome));
        Assert.Equal([("orphaned", 2), (null, 3)], again.Spans.Select(span => (span.Outcome, span.WorkerId!.Value)));
        Assert.Equal(EventStatuses.Processing, again.Status);
    }

    [Fact]
    public void Task_TheWorkerThatWasLostEndsItAfterAll_IsOneAttemptThatWentOn()
    {
        var task = new LogScript()
            .Task(3, EventTypes.TaskStarted, "a", worker: 2)
            .Add(30, EventTypes.TaskStalled, e => e with { ParentTaskId = "run1", TaskId = "a", Status = EventStatuses.Orphaned })
            .Task(40, EventTypes.TaskCompleted, "a", worker: 2)
            .Tell().Task("a")!;

        Assert.Equal(
            new StorySpan(SpanKind.Attempt, LogScript.At(3))
            {
                To = LogScript.At(40),
                Attempt = 1,
                WorkerId = 2,
                Outcome = "completed",
                OrphanedAt = LogScript.At(30),
                RepairedAt = LogScript.At(40),
            },
            Assert.Single(task.Spans));
        Assert.Equal(EventStatuses.Completed, task.Status);
    }

    /// <summary>The watcher judged by the log up to second 5; the task's next event stands between that and the verdict.</summary>
    [Theory]
    [InlineData(5, 2, true)]
    [InlineData(25, 9, true)]
    [InlineData(25, 2, false)]
    public void Task_VerdictThatTheLogContradicts_IsVoidAsInTheLiveState(int upto, int worker, bool isVoid)
    {
        var verdict = new Verdict
        {
            WorkerId = worker,
            Reason = VerdictReasons.Stopped,
            LastSeenAt = LogScript.At(4),
            TtlMs = 30_000,
            Token = 1,
            Upto = new LogPosition((ulong)LogScript.At(upto).ToUnixTimeMilliseconds(), ulong.MaxValue),
        };
        var script = new LogScript()
            .Task(3, EventTypes.TaskStarted, "a", worker: 1)
            .Task(10, EventTypes.TaskRetry, "a", worker: 1, retry: 1)
            .Task(20, EventTypes.TaskStarted, "a", worker: 2, retry: 1)
            .Add(30, EventTypes.TaskStalled, e => e with
            {
                ParentTaskId = "run1",
                TaskId = "a",
                Status = EventStatuses.Orphaned,
                WorkerId = worker,
                Meta = verdict.ToMeta(),
            });

        Assert.Equal(isVoid ? EventStatuses.Processing : EventStatuses.Orphaned, script.Tell().Task("a")!.Status);
        Assert.Equal(script.Fold().Task("a")!.Status, script.Tell().Task("a")!.Status);
    }

    [Fact]
    public void Task_CancelledWhileItWaits_EndsWithoutFailing()
    {
        var task = new LogScript().Task(1, EventTypes.TaskEnqueued, "a").Task(3, EventTypes.TaskCancelled, "a").Tell().Task("a")!;

        Assert.Equal((EventStatuses.Cancelled, LogScript.At(3)), (task.Status, task.EndedAt));
        Assert.Equal(new StorySpan(SpanKind.Waiting, LogScript.At(1)) { To = LogScript.At(3) }, Assert.Single(task.Spans));
    }

    [Fact]
    public void Task_OnlyItsEndIsKnown_BeginsWhereItsProducerSays()
    {
        var task = new LogScript().Task(10, EventTypes.TaskFailed, "a", worker: 2, ms: 4000, error: "no", retry: 2).Tell().Task("a")!;

        Assert.Equal(
            new StorySpan(SpanKind.Attempt, LogScript.At(6)) { To = LogScript.At(10), Attempt = 3, WorkerId = 2, Outcome = "failed", MeasuredMs = 4000, Error = "no" },
            Assert.Single(task.Spans));
        Assert.Equal(3, task.Attempts);
    }

    [Fact]
    public void Run_ItsPhasesAndEnd_AreTold()
    {
        var run = new LogScript()
            .Add(0, EventTypes.RunStarted, e => e with { TaskId = "run1", Message = "EU packaging", TraceId = new('a', 32) })
            .Add(1, EventTypes.PhaseStarted, e => e with { ParentTaskId = "run1", Phase = "search", Counts = new Dictionary<string, long> { ["total"] = 2 } })
            .Task(2, EventTypes.TaskStarted, "a")
            .Task(3, EventTypes.TaskCompleted, "a")
            .Add(5, EventTypes.PhaseCompleted, e => e with { ParentTaskId = "run1", Phase = "search" })
            .Add(6, EventTypes.TaskStarted, e => e with { ParentTaskId = "run1", TaskId = "b", Phase = "storage" })
            .Add(7, EventTypes.RunFailed, e => e with { TaskId = "run1", Error = "disk full" })
            .Tell();

        Assert.Equal(("EU packaging", "atlas", EventStatuses.Failed, "disk full"), (run.Name, run.ProjectId, run.Status, run.Error));
        Assert.Equal((LogScript.At(0), LogScript.At(7)), (run.StartedAt, run.EndedAt));
        Assert.Equal(
            [
                ("search", EventStatuses.Completed, LogScript.At(1), (DateTimeOffset?)LogScript.At(5), (long?)2),
                ("storage", EventStatuses.Processing, LogScript.At(6), null, null),
            ],
            run.Phases.Select(phase => (phase.Name, phase.Status, phase.StartedAt!.Value, phase.EndedAt, phase.Announced)));
        Assert.Equal(["a", "b"], run.Tasks.Select(task => task.TaskId));
    }

    /// <summary>Its producer died; whoever noticed gave the run up. The phase says nothing of its end, and never will.</summary>
    [Fact]
    public void Run_ItsProducerDied_StateAndStorySayWhichPhaseNeverEndedAndSinceWhen()
    {
        var script = new LogScript()
            .Add(0, EventTypes.RunStarted, e => e with { TaskId = "run1" })
            .Add(1, EventTypes.PhaseStarted, e => e with { ParentTaskId = "run1", Phase = "search" })
            .Add(2, EventTypes.PhaseCompleted, e => e with { ParentTaskId = "run1", Phase = "search" })
            .Add(3, EventTypes.PhaseStarted, e => e with { ParentTaskId = "run1", Phase = "extraction" })
            .Task(4, EventTypes.TaskStarted, "a", worker: 1);
        Assert.Equal([new UnendedPhase("extraction", LogScript.At(3))], script.Tell().UnendedPhases);

        script.Add(90, EventTypes.RunFailed, e => e with { TaskId = "run1", Error = "Its coordinator is gone" });
        Assert.Equal([new UnendedPhase("extraction", LogScript.At(3))], script.Tell().UnendedPhases);
        Assert.Equal([new UnendedPhase("extraction", LogScript.At(3))], script.Fold().Run("run1")!.UnendedPhases);
    }

    [Fact]
    public void Run_PhaseStartedComesAfterItsEnd_HasEndedAsInTheLiveState()
    {
        var script = new LogScript()
            .Add(1, EventTypes.PhaseCompleted, e => e with { ParentTaskId = "run1", Phase = "storage" })
            .Add(2, EventTypes.PhaseStarted, e => e with { ParentTaskId = "run1", Phase = "storage" });

        Assert.Equal(EventStatuses.Completed, script.Tell().Phases[0].Status);
        Assert.Empty(script.Tell().UnendedPhases);
        Assert.Equal(EventStatuses.Completed, script.Fold().Run("run1")!.Phases[0].Status);
    }

    [Fact]
    public void Apply_SeenOrForeign_ChangesNothing()
    {
        var story = new LogScript().Task(1, EventTypes.TaskStarted, "a").Tell();
        var e = new MonitoringEvent { EventId = "x", Timestamp = LogScript.Start, EventType = EventTypes.TaskFailed, TaskId = "a", ParentTaskId = "run1" };

        Assert.False(story.Apply(e, story.Position));
        Assert.False(story.Apply(e with { ParentTaskId = "run2" }, new((ulong)LogScript.At(9).ToUnixTimeMilliseconds(), 0)));
        Assert.Equal(EventStatuses.Processing, story.Task("a")!.Status);
    }

    [Fact]
    public void Apply_MoreTasksThanKept_CountsTheOthers()
    {
        var story = new LogScript().Task(1, EventTypes.TaskStarted, "a").Task(2, EventTypes.TaskStarted, "b").Task(3, EventTypes.TaskCompleted, "a").Tell(maxTasks: 1);

        Assert.Equal(EventStatuses.Completed, Assert.Single(story.Tasks).Status);
        Assert.Equal(1, story.TasksLeftOut);
    }
}
