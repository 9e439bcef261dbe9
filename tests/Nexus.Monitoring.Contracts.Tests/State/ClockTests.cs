using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Contracts.Tests.State;

public sealed class ClockTests
{
    [Fact]
    public void Apply_ProducersFiveMinutesBehindAndTwoHoursAhead_OffsetsAreShownAndNothingIsCorrected()
    {
        var (behind, ahead) = (TimeSpan.FromMinutes(-5), TimeSpan.FromHours(2));
        var state = new LogScript()
            .Add(0, EventTypes.WorkerStarted, e => From(e, "behind/1", 0, behind, delayMs: 40) with { WorkerId = 1 })
            .Add(0, EventTypes.WorkerStarted, e => From(e, "ahead/1", 0, ahead, delayMs: 7) with { WorkerId = 2 })
            .Add(1, EventTypes.TaskEnqueued, e => From(e, "ahead/1", 1, ahead, delayMs: 900) with { TaskId = "a" })
            .Add(3, EventTypes.TaskStarted, e => From(e, "behind/1", 3, behind, delayMs: 20) with { TaskId = "a", WorkerId = 1 })
            .Add(8, EventTypes.TaskCompleted, e => From(e, "behind/1", 8, behind, delayMs: 25) with { TaskId = "a", WorkerId = 1 })
            .Add(9, EventTypes.WorkerHeartbeat, e => From(e, "ahead/1", 9, ahead, delayMs: 12) with { WorkerId = 2 })
            .Fold();

        Assert.Equal([("ahead/1", -7_200_000L + 7), ("behind/1", 300_000L + 20)], state.Sources.Select(source => (source.Source, source.OffsetMs)));
        Assert.Equal((300_020L, -7_199_993L), (state.Worker(1)!.ClockOffsetMs, state.Worker(2)!.ClockOffsetMs));
        var task = state.Task("a")!;
        Assert.Equal((2_000L, 5_000L), (task.WaitMs, task.DurationMs));
        Assert.Equal((LogScript.At(1), LogScript.At(3), LogScript.At(8)), (task.EnqueuedAt, task.StartedAt, task.EndedAt));
        Assert.Equal([WorkerStatus.Idle, WorkerStatus.Idle], state.OnlineWorkers.Select(worker => worker.Status));
    }

    [Fact]
    public void Apply_ClockWasSetRight_TheEstimateFollowsWithinTwoWindows()
    {
        var script = new LogScript();
        for (var second = 0; second < 900; second += 10)
        {
            var at = second;
            script.Add(second, EventTypes.WorkerHeartbeat, e => From(e, "sim/1", at, at < 100 ? TimeSpan.FromHours(2) : TimeSpan.Zero, delayMs: 5) with { WorkerId = 1 });
        }

        var (before, _) = script.SplitAt(50);
        Assert.Equal(-7_199_995, before.Fold().Sources.Single().OffsetMs);
        Assert.Equal((5, 90), (script.Fold().Sources.Single().OffsetMs, script.Fold().Sources.Single().Events));
    }

    [Fact]
    public void Apply_MoreSourcesThanKept_TheOneSilentLongestGoes()
    {
        var script = new LogScript();
        foreach (var source in (string[])["a", "b", "a", "c"])
        {
            script.Add(1, "cache_hit", e => e with { Source = source });
        }

        Assert.Equal(["c", "a"], script.Fold(new LiveStateLimits { Sources = 2 }).Sources.Select(source => source.Source));
    }

    private static MonitoringEvent From(MonitoringEvent e, string source, double at, TimeSpan offset, int delayMs) =>
        e with { Source = source, Timestamp = LogScript.At(at).AddMilliseconds(-delayMs) + offset };
}
