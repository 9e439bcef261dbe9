using Nexus.Coordinator.Sim.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Coordinator.Sim.Tests.Coordination;

public sealed class PausedWorkersTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(30);

    [Fact]
    public void Pause_ShorterThanTheTimeToLive_OnlyDelaysItsTask()
    {
        using var world = new World();
        var (worker, process) = BusyWorker(world);
        var (id, taskId) = (worker.Id, worker.Current!.TaskId);

        world.Do(() => worker.Pause(TimeSpan.FromSeconds(18)));
        var paused = world.Time.GetUtcNow();
        world.Advance(TimeSpan.FromSeconds(17.5));
        Assert.DoesNotContain(world.Events, e => e.WorkerId == id && e.Timestamp > paused);
        world.AdvanceUntil(() => Completed(world, taskId).Count > 0, TimeSpan.FromSeconds(2), "the task ends as soon as the worker goes on");

        Assert.Same(worker, process.Coordinator.Find(id));
        Assert.Equal(0, Completed(world, taskId)[0].RetryCount);
    }

    [Fact]
    public void Pause_LongerThanTheTimeToLive_WorkerComesBackAndItsTaskRanOnceMoreElsewhere()
    {
        using var world = new World();
        var (worker, process) = BusyWorker(world);
        var (id, taskId) = (worker.Id, worker.Current!.TaskId);

        world.Do(() => worker.Pause(TimeSpan.FromSeconds(90)));
        world.Advance(TimeSpan.FromSeconds(89));
        Assert.Equal([1], Completed(world, taskId).Select(e => e.RetryCount!.Value));
        world.Advance(TimeSpan.FromSeconds(2) + Interval);

        Assert.Same(worker, process.Coordinator.Find(id));
        Assert.Single(Completed(world, taskId));
        Assert.Contains(world.Publisher.OfType(EventTypes.WorkerHeartbeat), e => e.WorkerId == id && e.Timestamp > world.Time.GetUtcNow() - Interval - Interval);
        Assert.Single(world.Publisher.OfType(EventTypes.WorkerStarted), e => e.WorkerId == id);
        world.Stop(process);
        Ledger.AllTasksEndedOnce(world.Events);
    }

    [Fact]
    public void Pause_AnotherHasTakenItsPlace_WorkerTouchesNothingAnyMore()
    {
        using var world = new World();
        var (worker, process) = BusyWorker(world);
        var id = worker.Id;

        world.Do(() => worker.Pause(TimeSpan.FromSeconds(90)));
        world.Advance(TimeToLive + Interval);
        world.Start(options => (options.RunsAtOnce, options.Workers) = (1, 1));
        world.Advance(TimeSpan.FromSeconds(90));

        Assert.NotSame(worker, process.Coordinator.Find(id));
        Assert.Equal(2, world.Publisher.OfType(EventTypes.WorkerStarted).Count(e => e.WorkerId == id));
    }

    [Fact]
    public void TwentyTasksInTheHandsOfOneOfFourWorkers_ItCrashes_EachRunsOnceMore()
    {
        using var world = new World();
        var process = world.Start(
            options => (options.RunsAtOnce, options.Workers, options.TasksPerWorker) = (20, 4, 20),
            new ScriptedWork(world.Time) { Takes = _ => TimeSpan.FromSeconds(40) });
        world.AdvanceUntil(() => process.Coordinator.Find(2)?.Jobs.Count == 20, TimeSpan.FromMinutes(5), "a worker has twenty tasks");
        var held = process.Coordinator.Find(2)!.Jobs.Select(job => job.TaskId).ToHashSet();

        world.Do(() => process.Coordinator.Find(2)!.Crash());
        world.Advance((2 * TimeToLive) + Interval + TimeSpan.FromSeconds(60));

        var ends = world.Publisher.OfType(EventTypes.TaskCompleted).Where(e => held.Contains(e.TaskId!)).ToList();
        Assert.Equal(20, ends.Count);
        Assert.All(ends, e => Assert.Equal(1, e.RetryCount));
        Assert.All(
            world.Publisher.OfType(EventTypes.TaskEnqueued).Where(e => e.RetryCount > 0),
            e => Assert.Contains(e.TaskId!, held));
    }

    private static (Coordinator.Sim.Coordination.Worker Worker, SimulatedProcess Process) BusyWorker(World world)
    {
        var process = world.Start(options => options.RunsAtOnce = 1, new ScriptedWork(world.Time) { Takes = _ => TimeSpan.FromSeconds(15) });
        world.AdvanceUntil(() => process.Coordinator.Workers.Any(worker => worker.Current is not null), TimeSpan.FromSeconds(10), "a worker is busy");
        return (process.Coordinator.Workers.First(worker => worker.Current is not null), process);
    }

    private static List<MonitoringEvent> Completed(World world, string taskId) =>
        [.. world.Publisher.OfType(EventTypes.TaskCompleted).Where(e => e.TaskId == taskId)];
}
