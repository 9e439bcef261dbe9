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

    [Theory]
    [InlineData(-300)]
    [InlineData(7_200)]
    public void Apply_ClockIsSetWrongAndRight_TheEstimateFollowsWithinAMinute(int seconds)
    {
        var script = new LogScript();
        for (var second = 0; second < 300; second += 5)
        {
            var at = second;
            var offset = at is >= 100 and < 200 ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
            script.Add(second, EventTypes.WorkerHeartbeat, e => From(e, "sim/1", at, offset, delayMs: 5) with { WorkerId = 1 });
        }

        Assert.Equal(5, OffsetAfter(100));
        Assert.Equal((-seconds * 1000) + 5, OffsetAfter(150));
        Assert.Equal((-seconds * 1000) + 5, OffsetAfter(200));
        Assert.Equal(5, OffsetAfter(250));
        Assert.Equal(60, script.Fold().Sources.Single().Events);

        long OffsetAfter(int second) => script.SplitAt(second / 5).First.Fold().Sources.Single().OffsetMs;
    }

    [Fact]
    public void Apply_EventsOfAnOutageComeLate_TheClockIsNotBlamed()
    {
        var script = new LogScript();
        for (var second = 0; second < 200; second++)
        {
            var at = second;
            // What happened from 60 to 90 s was held back until 90
            var delay = at is >= 60 and < 90 ? (90 - at) * 1000 : 5;
            script.Add(Math.Max(at, at is >= 60 and < 90 ? 90 : 0), "cache_hit", e => e with { Source = "sim/1", Timestamp = LogScript.At(at is >= 60 and < 90 ? 90 : at).AddMilliseconds(-delay) });
        }

        for (var events = 1; events <= script.Count; events++)
        {
            Assert.Equal(5, script.SplitAt(events).First.Fold().Sources.Single().OffsetMs);
        }
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
