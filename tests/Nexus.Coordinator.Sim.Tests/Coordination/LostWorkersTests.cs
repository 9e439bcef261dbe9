using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Coordination;
using Nexus.Coordinator.Sim.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Coordinator.Sim.Tests.Coordination;

public sealed class LostWorkersTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(30);

    [Fact]
    public void Crash_WorkerWithTaskTwoProcesses_TaskRunsOnceMoreAndOnceOnly()
    {
        using var world = new World();
        var work = new ScriptedWork(world.Time) { Takes = _ => TimeSpan.FromSeconds(5) };
        var here = world.Start(OneRun, work);
        world.Start(OneRun, work);
        world.AdvanceUntil(() => here.Coordinator.Workers[0].Current is not null, TimeSpan.FromSeconds(10), "a worker is busy");
        var victim = here.Coordinator.Workers[0];
        var (workerId, taskId, died) = (victim.Id, victim.Current!.TaskId, world.Time.GetUtcNow());

        world.Do(victim.Crash);
        world.AdvanceUntil(() => HasEnded(world, taskId), TimeSpan.FromMinutes(2), "the victim's task ends");
        world.Advance(TimeSpan.FromMinutes(1));

        var life = world.Events.Where(e => e.TaskId == taskId && e.EventType.StartsWith("task_", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            [EventTypes.TaskEnqueued, EventTypes.TaskStarted, EventTypes.TaskEnqueued, EventTypes.TaskStarted, EventTypes.TaskCompleted],
            life.Select(e => e.EventType));
        Assert.Equal([0, 0, 1, 1, 1], life.Select(e => e.RetryCount!.Value));

        // The heartbeat expires, and nobody watches the clock: then the time to live passes once more
        Assert.InRange(life[2].Timestamp - died, (2 * TimeToLive) - Interval, (2 * TimeToLive) + TimeSpan.FromSeconds(6));
        Assert.Empty(world.Publisher.OfType(EventTypes.WorkerLost, EventTypes.TaskStalled));
        Assert.DoesNotContain(world.Publisher.OfType(EventTypes.WorkerStopped), e => e.WorkerId == workerId);
    }

    [Fact]
    public void Crash_TwentyBusyWorkersOfOneProcess_EachTaskIsRequeuedOnceWhenTheLogCallsItOrphaned()
    {
        using var world = new World();
        var work = new ScriptedWork(world.Time) { Takes = _ => TimeSpan.FromSeconds(40) };
        var dying = world.Start(options => (options.RunsAtOnce, options.Workers) = (8, 20), work);
        world.AdvanceUntil(() => dying.Coordinator.Workers.Count(worker => worker.Current is not null) == 20, TimeSpan.FromMinutes(3), "twenty tasks run");
        for (var process = 0; process < 3; process++)
        {
            world.Start(options => (options.RunsAtOnce, options.Workers) = (1, 5), work);
        }

        world.Advance(TimeSpan.FromSeconds(15));
        var held = dying.Coordinator.Workers.Where(worker => worker.Current is not null).Select(worker => (Task: worker.Current!.TaskId, Worker: worker.Id)).ToList();
        world.Do(() => dying.Coordinator.Workers.ToList().ForEach(worker => worker.Crash()));
        var lastBeat = world.Publisher.OfType(EventTypes.WorkerHeartbeat).Where(e => held.Any(one => one.Worker == e.WorkerId)).Max(e => e.Timestamp);
        world.Advance(lastBeat + TimeToLive + Interval + (TimeToLive / 10) - world.Time.GetUtcNow());
        Assert.Empty(Requeued());
        world.Do(() => held.ForEach(one => world.Publisher.Publish(
            world.Publisher.NewEvent(EventTypes.TaskStalled) with { TaskId = one.Task, WorkerId = one.Worker, Status = EventStatuses.Orphaned })));
        world.Advance(Interval / 2);
        var soon = Requeued();
        world.Advance(TimeSpan.FromMinutes(3));

        Assert.InRange(held.Count, 15, 20);
        Assert.Equal(held.Select(one => one.Task).Order(), soon.Select(e => e.TaskId!).Order());
        Assert.Equal(soon.Count, Requeued().Count);

        List<MonitoringEvent> Requeued() =>
            [.. world.Publisher.OfType(EventTypes.TaskEnqueued).Where(e => e.RetryCount == 1 && held.Any(one => one.Task == e.TaskId))];
    }

    [Fact]
    public void Crash_Worker_IsReplacedAfterAWhile()
    {
        using var world = new World();
        var process = world.Start(OneRun);
        world.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(12, process.Coordinator.Workers.Count);

        world.Do(() => process.Coordinator.Find(7)!.Crash());
        world.Advance(TimeToLive + TimeSpan.FromSeconds(19));
        Assert.Equal(11, process.Coordinator.Workers.Count);

        world.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Enumerable.Range(1, 12), process.Coordinator.Workers.Select(worker => worker.Id));
    }

    [Fact]
    public void Crash_EveryAttempt_FailsAfterTheLast()
    {
        using var world = new World();
        var process = world.Start(
            options => (options.RunsAtOnce, options.MaxAttempts) = (1, 2), new ScriptedWork(world.Time) { Takes = _ => TimeSpan.FromHours(1) });
        for (var attempt = 0; attempt < 2; attempt++)
        {
            world.AdvanceUntil(() => process.Coordinator.Workers.Any(worker => worker.Current?.RetryCount == attempt), TimeSpan.FromMinutes(3), "the attempt is under way");
            world.Do(() => process.Coordinator.Workers.Where(worker => worker.Current is not null).ToList().ForEach(worker => worker.Crash()));
            world.Advance(2 * TimeToLive);
        }

        world.AdvanceUntil(() => world.Publisher.OfType(EventTypes.TaskFailed).Count > 0, TimeSpan.FromMinutes(3), "the task fails");
        Assert.EndsWith("gave up after 2 attempts", world.Publisher.OfType(EventTypes.TaskFailed)[0].Error, StringComparison.Ordinal);
        Assert.Empty(world.Publisher.OfType(EventTypes.TaskCompleted));
    }

    [Fact]
    public void QueueAway_LongerThanTheTimeToLive_NobodyIsTakenForLost()
    {
        using var world = new World();
        var process = world.Start(OneRun);
        world.Advance(TimeSpan.FromSeconds(20));

        world.Do(() => world.Store.IsAway = true);
        world.Advance(TimeSpan.FromSeconds(2));
        for (var second = 0; second < 60; second++)
        {
            Assert.Equal(TimeSpan.Zero, process.Get<QueueAvailability>().AnsweringFor);
            world.Advance(TimeSpan.FromSeconds(1));
        }

        world.Do(() => world.Store.IsAway = false);
        world.Advance(TimeSpan.FromMinutes(2));

        Assert.Empty(world.Publisher.OfType(EventTypes.WorkerLost, EventTypes.TaskStalled, EventTypes.RunFailed));
        Assert.Equal(12, process.Coordinator.Workers.Count);
        world.Stop(process);
        Ledger.AllTasksEndedOnce(world.Events);
    }

    private static void OneRun(SimulationOptions options) => options.RunsAtOnce = 1;

    private static bool HasEnded(World world, string taskId) =>
        world.Publisher.OfType(EventTypes.TaskCompleted, EventTypes.TaskFailed).Any(e => e.TaskId == taskId);
}
