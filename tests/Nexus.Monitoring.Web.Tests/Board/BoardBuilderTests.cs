using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.Board;
using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Tests.Board;

public sealed class BoardBuilderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly LiveState _state = new();
    private readonly BoardHistory _history = new();
    private readonly BoardBuilder _builder = new();
    private int _sequence;

    [Fact]
    public void Build_RunUnderWay_ShowsItsPhaseAndWhenThatEnds()
    {
        Emit(0, EventTypes.RunStarted, message: "EU packaging");
        Emit(0, EventTypes.PhaseStarted, phase: "extraction", counts: new() { ["total"] = 40 });
        for (var i = 0; i < 10; i++)
        {
            Emit(i * 6, EventTypes.TaskStarted, task: $"t{i}", phase: "extraction", worker: 1);
            Emit((i * 6) + 3, EventTypes.TaskCompleted, task: $"t{i}", phase: "extraction", worker: 1, duration: 3000);
        }

        var board = Build(60);
        var run = Assert.Single(board.Runs);

        Assert.Equal("EU packaging", run.Name);
        Assert.Equal(new PhaseCell("extraction", WorkStatus.Processing, 10, 0, 40), Assert.Single(run.Phases));
        Assert.Equal(10, run.RatePerMinute);
        Assert.Equal(Noon.AddMinutes(1 + 3), run.PhaseEnd);
    }

    [Fact]
    public void Build_PhaseOfUnknownSize_EstimatesNothing()
    {
        Emit(0, EventTypes.PhaseStarted, phase: "extraction");
        Emit(1, EventTypes.TaskStarted, task: "t", phase: "extraction", worker: 1);
        Emit(2, EventTypes.TaskCompleted, task: "t", phase: "extraction", worker: 1);

        var run = Assert.Single(Build(60).Runs);

        Assert.Null(run.PhaseEnd);
        Assert.Null(run.Total);
        Assert.Null(Assert.Single(run.Phases).Total);
    }

    [Fact]
    public void Build_AllIsWell_AsksForNothing()
    {
        Emit(0, EventTypes.WorkerHeartbeat, worker: 1);
        Emit(1, EventTypes.TaskStarted, task: "t", worker: 1);
        Emit(2, EventTypes.TaskCompleted, task: "t", worker: 1, duration: 1000);

        Assert.Empty(Build(60).Attention);
    }

    [Fact]
    public void Build_WorkerLost_AsksForAttentionAndMarksTheCharts()
    {
        Emit(0, EventTypes.TaskStarted, task: "t", worker: 7);
        Emit(30, EventTypes.WorkerLost, worker: 7, error: "no heartbeat for 30 s");
        Emit(30, EventTypes.TaskStalled, task: "t", worker: 7, error: "Worker 7 lost");

        var board = Build(60);

        var item = Assert.Single(board.Attention, item => item.Status == WorkStatus.Orphaned);
        Assert.Equal("Worker 7 lost at 12:00:30", item.Title.ToString());
        Assert.Equal("1 task orphaned, not requeued yet.", item.Text.ToString());
        Assert.Equal("worker 7 lost", Assert.Single(board.RunTime.Marks).Label);
        var worker = Assert.Single(board.Workers);
        Assert.Equal((WorkerStanding.Lost, "lost, left t behind"), (worker.Standing, worker.Doing));
        Assert.Equal((0, 1), (board.Totals.WorkersOnline, board.Totals.WorkersKnown));
    }

    [Fact]
    public void Build_WorkerLostWithTwentyTasks_CountsAllAndEachUntilItIsTakenInHand()
    {
        for (var i = 0; i < 20; i++)
        {
            Emit(0, EventTypes.TaskStarted, task: $"t{i}", worker: 7);
        }

        Emit(1, EventTypes.TaskStarted, task: "u", worker: 8);
        Emit(30, EventTypes.WorkerLost, worker: 7);
        for (var i = 0; i < 20; i++)
        {
            Emit(30, EventTypes.TaskStalled, task: $"t{i}", worker: 7);
        }

        Assert.Equal("20 tasks orphaned, not requeued yet.", Left(60));
        Assert.Equal("lost, left 20 tasks behind", Build(60).Workers.Single(worker => worker.Id == 7).Doing);

        // The one that the worker showed is the first that goes on
        Emit(70, EventTypes.TaskEnqueued, task: "t19");
        Assert.Equal("19 tasks orphaned, not requeued yet.", Left(80));

        // Long after: nobody has put them back
        Assert.Equal("19 tasks orphaned, not requeued yet.", Left(30 * 60));
        for (var i = 0; i < 19; i++)
        {
            Emit(31 * 60, EventTypes.TaskEnqueued, task: $"t{i}");
        }

        Assert.DoesNotContain(Build(32 * 60).Attention, item => item.Status == WorkStatus.Orphaned);

        string Left(int second) => Assert.Single(Build(second).Attention, item => item.Status == WorkStatus.Orphaned).Text.ToString();
    }

    [Fact]
    public void Build_FailuresOfSeveralKinds_AreNamed()
    {
        Emit(0, EventTypes.TaskFailed, task: "a", error: "gave up");
        Emit(1, EventTypes.TaskStarted, task: "b", worker: 1);
        Emit(2, EventTypes.TaskFailed, task: "b", worker: 1, error: "gave up");

        Assert.Equal([FailureKinds.NeverStarted], Assert.Single(Build(10).Failures).Kinds);
    }

    [Fact]
    public void Build_SameFailureInTwoProjects_IsOneRow()
    {
        Emit(0, EventTypes.TaskRetry, task: "a", project: "atlas", worker: 1, error: "HTTP 429, retry in 2 s", type: "search");
        Emit(31, EventTypes.TaskFailed, task: "b", project: "graph", worker: 1, error: "HTTP 429, retry in 5 s", type: "reasoning");

        var all = Assert.Single(Build(40).Failures);
        var own = Assert.Single(Build(40, "graph").Failures);

        Assert.Equal((2, 1, "HTTP 429, retry in 5 s"), (all.Count, all.Final, all.Error));
        Assert.Equal(["reasoning", "search"], all.TaskTypes);
        Assert.Equal([1, 1], all.Histogram.TakeLast(2));
        Assert.Equal((1, 1), (own.Count, own.Final));
    }

    [Fact]
    public void Build_QueueReports_StackInPipelineOrderAndHoldTheirLevel()
    {
        Emit(0, EventTypes.QueueDepthUpdate, queue: new() { ["summarization"] = 4, ["search"] = 6, ["high_priority"] = 10 });

        var board = Build(60);

        Assert.Equal(["search", "summarization"], board.QueueByType.Series.Select(series => series.Name));
        Assert.Equal([6f, 4f], board.QueueByType.Points[^1].Values);
        Assert.Equal("Queue depth by task type over the last 15 minutes, now 10, peak 10", board.QueueByType.Summary);
        Assert.Equal("high_priority", Assert.Single(board.QueueByPriority.Series).Name);
        Assert.True(float.IsNaN(board.QueueByType.Points[0].Values[0]));
    }

    [Fact]
    public void Build_Attempts_GiveErrorRateThroughputAndRunTime()
    {
        for (var i = 0; i < 9; i++)
        {
            Emit(i, EventTypes.TaskStarted, task: $"t{i}", worker: 1);
            Emit(i, EventTypes.TaskCompleted, task: $"t{i}", worker: 1, duration: 2000);
        }

        Emit(10, EventTypes.TaskStarted, task: "bad", worker: 1);
        Emit(10, EventTypes.TaskRetry, task: "bad", worker: 1, error: "no");

        var cards = Build(12).Cards.ToDictionary(card => card.Label, card => string.Join(' ', card.Value).Replace('\u00a0', ' '));

        Assert.Equal("9 /min", cards["Throughput"]);
        Assert.Equal("10 %", cards["Error rate, 60 s"]);
        Assert.StartsWith("2.0 s", cards["Run time p95"], StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WorkerLaterThanItUsedToBe_IsCalledSilent()
    {
        for (var beat = 0; beat <= 60; beat += 10)
        {
            Emit(beat, EventTypes.WorkerHeartbeat, worker: 3);
        }

        Assert.Empty(Build(85).Attention);
        Assert.Equal("Worker 3 silent for 40\u00a0s", Assert.Single(Build(100).Attention).Title.ToString());
    }

    [Fact]
    public void Build_BacklogThatNobodyTakes_IsSaid()
    {
        for (var i = 0; i < 12; i++)
        {
            Emit(0, EventTypes.TaskEnqueued, task: $"t{i}", type: "search");
        }

        Emit(1, EventTypes.TaskStarted, task: "other", worker: 1, type: "reasoning");
        var backlog = Assert.Single(Build(90).Attention);
        Assert.Equal("Backlog of search and no worker takes it", backlog.Title.ToString());
        Assert.Equal("/monitoring/tasks?q=task_type%3Asearch&status=pending&sort=waiting", backlog.Href);

        Emit(91, EventTypes.TaskStarted, task: "t0", worker: 2, type: "search");
        Assert.Equal("11 tasks of search waiting", Assert.Single(Build(100).Attention).Title.ToString());
    }

    [Fact]
    public void Build_RunThatNobodyDrivesAnyMore_IsCalledSilent()
    {
        Emit(0, EventTypes.RunStarted, message: "EU packaging");
        Emit(1, EventTypes.TaskStarted, task: "t", worker: 1);
        Assert.DoesNotContain(Build(500).Attention, item => item.Title.ToString()!.StartsWith("Run", StringComparison.Ordinal));

        Emit(510, EventTypes.TaskCompleted, task: "t", worker: 1);
        Assert.Empty(Build(600).Attention);
        var silent = Assert.Single(Build(690).Attention);
        Assert.Equal(($"Run EU packaging silent for {Durations.Clock(TimeSpan.FromMinutes(3))}", "/monitoring/runs/run"), (silent.Title.ToString(), silent.Href[..20]));
        Assert.Equal(Noon.AddSeconds(510), Assert.Single(Build(690).Runs).SilentSince);
    }

    [Fact]
    public void Build_Attempts_AreChartsOfThroughputErrorsAndWaiting()
    {
        Emit(0, EventTypes.TaskEnqueued, task: "a");
        Emit(4, EventTypes.TaskStarted, task: "a", worker: 1);
        Emit(6, EventTypes.TaskRetry, task: "a", worker: 1, error: "no");
        Emit(7, EventTypes.TaskStarted, task: "a", worker: 1);
        Emit(9, EventTypes.TaskCompleted, task: "a", worker: 1, duration: 2000);

        var board = Build(11);

        Assert.Equal([1f, 1f, 0f], board.Throughput.Points[^1].Values);
        Assert.Equal([0.5f], board.ErrorRate.Points[^1].Values);
        Assert.InRange(board.WaitTime.Points[^1].Values[3], 3.9f, 4.1f);
        Assert.True(float.IsNaN(Build(300).ErrorRate.Points[^1].Values[0]), "nothing ended within the last minute, so there is no rate");
    }

    /// <summary>Both figures are of the last quarter of an hour.</summary>
    [Fact]
    public void Build_FailureThatWasFinalLongAgo_CountsNoMore()
    {
        Emit(0, EventTypes.TaskStarted, task: "old", worker: 1);
        Emit(1, EventTypes.TaskFailed, task: "old", worker: 1, error: "HTTP 503");
        Emit(1000, EventTypes.TaskStarted, task: "new", worker: 1);
        Emit(1001, EventTypes.TaskRetry, task: "new", worker: 1, error: "HTTP 503");

        var failure = Assert.Single(Build(1010).Failures);

        Assert.Equal((1, 0), (failure.Count, failure.Final));
    }

    [Fact]
    public void Build_TasksWaitAndGo_IsTheDemandOfTheirType()
    {
        for (var i = 0; i < 10; i++)
        {
            Emit(i, EventTypes.TaskEnqueued, task: $"t{i}", type: "search");
        }

        Emit(11, EventTypes.TaskEnqueued, task: "r", type: "reasoning", project: "radar");
        Emit(20, EventTypes.TaskStarted, task: "t0", worker: 1, type: "search");
        Emit(21, EventTypes.TaskStarted, task: "r", worker: 2, type: "reasoning", project: "radar");

        Assert.Equal(
            [("search", 9L, Noon.AddSeconds(1), 2.0, 0.2), ("reasoning", 0L, null, 0.2, 0.2)],
            Build(60).Demand.Select(row => (row.TaskType, row.Waiting, row.OldestSince, row.InPerMinute, row.OutPerMinute)));
        Assert.Equal(["reasoning"], Build(60, "radar").Demand.Select(row => row.TaskType));
    }

    private BoardModel Build(int second, string? project = null) => _builder.Build(_state, _history, project, Noon.AddSeconds(second));

    private void Emit(
        int second,
        string eventType,
        string? task = null,
        string? phase = null,
        int? worker = null,
        string? message = null,
        string? error = null,
        long? duration = null,
        string project = "atlas",
        Dictionary<string, long>? counts = null,
        Dictionary<string, long>? queue = null,
        string type = "search")
    {
        var at = Noon.AddSeconds(second);
        var position = LogPosition.At(at) with { Sequence = (ulong)_sequence++ };
        var monitoringEvent = new MonitoringEvent
        {
            EventId = $"e{_sequence}",
            Timestamp = at,
            EventType = eventType,
            ProjectId = queue is null ? project : null,
            ParentTaskId = task is not null || phase is not null || eventType == EventTypes.RunStarted ? "run-1" : null,
            TaskId = task,
            TaskType = task is null ? null : type,
            Phase = phase,
            WorkerId = worker,
            Message = message,
            Error = error,
            DurationMs = duration,
            Counts = counts,
            Queue = queue,
        };
        _state.Apply(monitoringEvent, position);
        _history.Apply(monitoringEvent, position);
    }
}
