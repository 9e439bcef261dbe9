using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Coordinator.Sim.Tests.Coordination;

public sealed class QueueDepthReporterTests
{
    [Fact]
    public void Report_NothingChanges_ComesEveryTenSecondsAsTwoEvents()
    {
        using var world = new World();
        world.Start(options => options.RunsAtOnce = 1, new ScriptedWork(world.Time) { Takes = _ => TimeSpan.FromHours(1) });
        world.Advance(TimeSpan.FromSeconds(61));

        var reports = world.Publisher.OfType(EventTypes.QueueDepthUpdate).Where(e => e.Timestamp > world.Time.GetUtcNow().AddSeconds(-50)).ToList();

        Assert.Equal(10, reports.Count);
        Assert.Equal(5, reports.Count(e => e.Queue!.Keys.All(key => key.EndsWith("_priority", StringComparison.Ordinal))));
        Assert.Equal(5, reports.Count(e => e.Queue!.ContainsKey("reasoning")));
    }

    [Fact]
    public void Report_DepthChanges_ComesWithinTwoSeconds()
    {
        using var world = new World();
        world.Start(options => options.RunsAtOnce = 1, new ScriptedWork(world.Time) { Takes = _ => TimeSpan.FromHours(1) });
        world.Advance(TimeSpan.FromSeconds(21));
        var before = world.Publisher.OfType(EventTypes.QueueDepthUpdate).Count;

        world.Do(() => world.Store.Delayed.Add((JobJson.Write(Jobs.New(priority: JobPriority.High)), world.Time.GetUtcNow())));
        world.Do(() => Enumerable.Range(0, 12).ToList().ForEach(_ => world.Store.Lists[JobPriority.High].AddFirst(JobJson.Write(Jobs.New(priority: JobPriority.High)))));
        world.Advance(TimeSpan.FromSeconds(2));

        var report = world.Publisher.OfType(EventTypes.QueueDepthUpdate).Skip(before).First(e => e.Queue!.ContainsKey("high_priority"));
        Assert.True(report.Queue!["high_priority"] > 0);
    }
}
