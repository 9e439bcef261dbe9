using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Client.Scopes;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Client.Tests.Scopes;

public sealed class RunScopeTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly RecordingPublisher _publisher;
    private readonly Spans _spans = new();

    public RunScopeTests() => _publisher = new RecordingPublisher(_time);

    public void Dispose() => _spans.Dispose();

    [Fact]
    public void Run_WithPhaseAndTask_IsOneTraceAndFoldsIntoTheLiveState()
    {
        using (var run = _publisher.StartRun(new RunDetails { RunId = "r1", ProjectId = "alpha", Name = "Monthly report" }))
        {
            using (var phase = run.StartPhase("search", 2))
            {
                using (var task = phase.StartTask(new TaskDetails { TaskId = "t1", TaskType = "search" }))
                {
                    task.Complete();
                }

                phase.Advance();
                _time.Advance(TimeSpan.FromSeconds(3));
                phase.Complete();
            }

            run.Complete("all found");
        }

        var (taskSpan, phaseSpan, runSpan) = (_spans.Ended[0], _spans.Ended[1], _spans.Ended[2]);
        Assert.Equal(("task search", "phase search", "run Monthly report"), (taskSpan.DisplayName, phaseSpan.DisplayName, runSpan.DisplayName));
        Assert.Equal((phaseSpan.SpanId, runSpan.SpanId), (taskSpan.ParentSpanId, phaseSpan.ParentSpanId));
        Assert.All(_spans.Ended, span => Assert.Equal("r1", span.GetTagItem("nexus.run.id")));

        var state = new LiveState();
        foreach (var (e, i) in _publisher.Events.Select((e, i) => (e, i)))
        {
            state.Apply(e, new LogPosition(1, (ulong)i + 1));
        }

        var folded = state.Run("r1")!;
        Assert.Equal(("completed", "Monthly report", "alpha", 3_000L), (folded.Status, folded.Name, folded.ProjectId, folded.DurationMs));
        var search = Assert.Single(folded.Phases);
        Assert.Equal(("completed", 2L, 1L, 1), (search.Status, search.Announced, search.Counts!["completed"], (int)search.Tasks.Completed));
    }

    [Fact]
    public void Phase_AdvancesManyTimes_TellsTheFirstAtOnceAndTheLastWithinASecond()
    {
        using var run = _publisher.StartRun(new RunDetails { RunId = "r1" });
        var phase = run.StartPhase("search", 100);
        for (var i = 0; i < 50; i++)
        {
            phase.Advance();
        }

        phase.Advance(completed: 0, failed: 2);
        Assert.Equal([1L], Progress());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([1L, 50L], Progress());
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([1L, 50L], Progress());
        phase.SetTotal(60);
        Assert.Equal((60L, 50L, 2L), Counts(_publisher.Events[^1]));
        phase.Advance();
        phase.Complete();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(EventTypes.PhaseCompleted, _publisher.Events[^1].EventType);
        Assert.Equal((60L, 51L, 2L), Counts(_publisher.Events[^1]));
    }

    [Fact]
    public void Run_LeftWithoutAResult_FailsAndSoDoesItsPhase()
    {
        using (var run = _publisher.StartRun(new RunDetails { RunId = "r1" }))
        using (run.StartPhase("search"))
        {
        }

        Assert.Equal([EventTypes.RunStarted, EventTypes.PhaseStarted, EventTypes.PhaseFailed, EventTypes.RunFailed], _publisher.Types);
        Assert.Equal("Phase search of run r1 was left without a result.", _publisher.Events[2].Error);
        Assert.Equal("Run r1 was left without a result.", _publisher.Events[3].Error);
        Assert.All(_spans.Ended, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
    }

    [Fact]
    public void StartTask_WhileAnotherTaskIsCurrent_BelongsToThePhase()
    {
        using var run = _publisher.StartRun(new RunDetails { RunId = "r1" });
        using var phase = run.StartPhase("search");
        using var first = phase.StartTask(new TaskDetails { TaskId = "t1" });
        using var second = phase.StartTask(new TaskDetails { TaskId = "t2" });

        Assert.Equal(phase.Activity!.SpanId, second.Activity!.ParentSpanId);
        Assert.Equal(("r1", "search"), (second.Details.RunId, second.Details.Phase));
    }

    [Fact]
    public void StartRun_NewTrace_IsNotPartOfTheCurrentOne()
    {
        var run = _publisher.StartRun(new RunDetails { RunId = "r1", NewTrace = true });

        Assert.NotEqual(_spans.Root.TraceId, run.Activity!.TraceId);
        Assert.Equal(default, run.Activity.ParentSpanId);
        run.Complete();
    }

    private IEnumerable<long> Progress() =>
        _publisher.Events.Where(e => e.EventType == EventTypes.PhaseProgress).Select(e => e.Counts!["completed"]);

    private static (long Total, long Completed, long Failed) Counts(MonitoringEvent e) =>
        (e.Counts!["total"], e.Counts["completed"], e.Counts["failed"]);
}
