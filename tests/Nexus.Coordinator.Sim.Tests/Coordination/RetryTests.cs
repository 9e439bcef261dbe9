using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Coordination;
using Nexus.Coordinator.Sim.Tests.Fixtures;
using Nexus.Coordinator.Sim.Work;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Coordinator.Sim.Tests.Coordination;

public sealed class RetryTests
{
    private static readonly string[] Lives = [EventTypes.TaskStarted, EventTypes.TaskRetry, EventTypes.TaskCompleted, EventTypes.TaskFailed];

    [Fact]
    public void Attempt_FailsTwice_IsRepeatedAfterTwoAndFourSeconds()
    {
        using var world = new World();
        world.Start(OneRun, new ScriptedWork(world.Time) { Fails = job => job.RetryCount < 2 ? new TimeoutException("No answer") : null });
        world.AdvanceUntil(() => world.Publisher.OfType(EventTypes.TaskCompleted).Count > 0, TimeSpan.FromMinutes(2), "a task completes");

        var life = LifeOf(world, world.Publisher.OfType(EventTypes.TaskCompleted)[0].TaskId);

        Assert.Equal(
            [
                (EventTypes.TaskStarted, 0), (EventTypes.TaskRetry, 1), (EventTypes.TaskStarted, 1), (EventTypes.TaskRetry, 2),
                (EventTypes.TaskStarted, 2), (EventTypes.TaskCompleted, 2),
            ],
            life.Select(e => (e.EventType, e.RetryCount!.Value)));
        Assert.InRange(life[2].Timestamp - life[1].Timestamp, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2) + RetryPromoter.Period);
        Assert.InRange(life[4].Timestamp - life[3].Timestamp, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4) + RetryPromoter.Period);
        Assert.All([life[1], life[3]], retry => Assert.Equal((EventStatuses.Retrying, "No answer", 1_000L), (retry.Status, retry.Error, retry.DurationMs)));
    }

    [Fact]
    public void Attempt_NeverSucceeds_FailsAfterTheLastAndNeverCompletes()
    {
        using var world = new World();
        world.Start(OneRun, new ScriptedWork(world.Time) { Fails = _ => new InvalidDataException("Broken page") });
        world.AdvanceUntil(() => world.Publisher.OfType(EventTypes.RunFailed).Count > 0, TimeSpan.FromMinutes(3), "the run fails");

        Assert.Empty(world.Publisher.OfType(EventTypes.TaskCompleted));
        Assert.All(world.Publisher.OfType(EventTypes.TaskFailed), failed =>
        {
            Assert.Equal(("Broken page, gave up after 4 attempts", 3), (failed.Error, failed.RetryCount!.Value));
            Assert.Equal(4, LifeOf(world, failed.TaskId).Count(e => e.EventType == EventTypes.TaskStarted));
        });
    }

    [Fact]
    public void Attempt_FailureThatNoRetryHelps_FailsAtOnceInItsOwnWords()
    {
        using var world = new World();
        var failure = new WorkException("Context too long: 131072 tokens, limit 128000", isTransient: false) { Kind = "context_too_long" };
        world.Start(OneRun, new ScriptedWork(world.Time) { Fails = _ => failure });
        world.AdvanceUntil(() => world.Publisher.OfType(EventTypes.TaskFailed).Count > 0, TimeSpan.FromMinutes(1), "a task fails");

        Assert.Equal(failure.Message, world.Publisher.OfType(EventTypes.TaskFailed)[0].Error);
        Assert.Empty(world.Publisher.OfType(EventTypes.TaskRetry));
    }

    [Fact]
    public void Attempt_Throttled_SaysHowLongItWaits()
    {
        using var world = new World();
        var failure = new WorkException("HTTP 429 from provider", isTransient: true, TimeSpan.FromSeconds(7)) { Kind = "rate_limited" };
        world.Start(OneRun, new ScriptedWork(world.Time) { Fails = job => job.RetryCount == 0 ? failure : null });
        world.AdvanceUntil(() => world.Publisher.OfType(EventTypes.TaskCompleted).Count > 0, TimeSpan.FromMinutes(1), "a task completes");

        var life = LifeOf(world, world.Publisher.OfType(EventTypes.TaskCompleted)[0].TaskId);

        Assert.Equal("HTTP 429 from provider, retry in 7 s", life[1].Error);
        Assert.InRange(life[2].Timestamp - life[1].Timestamp, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7) + RetryPromoter.Period);
    }

    private static void OneRun(SimulationOptions options) => options.RunsAtOnce = 1;

    private static List<MonitoringEvent> LifeOf(World world, string? taskId) =>
        [.. world.Events.Where(e => e.TaskId == taskId && Lives.Contains(e.EventType))];
}
