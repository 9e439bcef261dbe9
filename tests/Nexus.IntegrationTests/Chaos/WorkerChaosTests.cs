using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.IntegrationTests.Chaos;

/// <summary>Workers die and stand still: the board never calls dead work running, nor living work dead.</summary>
public sealed class WorkerChaosTests
{
    /// <summary>Four workers with twenty hands each, and work enough for all of them, that takes 7 s on average.</summary>
    private static readonly (string, string)[] ManyHands = [("Workers", "4"), ("TasksPerWorker", "20"), ("Rate", "12"), ("RunsAtOnce", "16")];

    [Fact]
    public async Task KillWorker_OneOfFourWithTwentyTasksRunning_AllTwentyAreOrphanedInTimeAndNoOther()
    {
        await using var stack = await BrokenStack.StartAsync(simulation: ManyHands);
        WorkerState? victim = null;
        await stack.SeesAsync(state => (victim = state.OnlineWorkers.FirstOrDefault(worker => worker.TasksHeld == 20)) is not null, "a worker has twenty tasks", 90);

        var effect = await stack.BreakAsync($"kill-worker?worker={victim!.WorkerId}");
        var killed = effect.GetProperty("started_at").GetDateTimeOffset();
        await stack.SeesAsync(state => state.Worker(victim.WorkerId)!.Status == WorkerStatus.Lost, "the worker is lost");
        var held = await stack.HeldAtLossAsync(effect);
        var lost = (await stack.StateAsync()).Worker(victim.WorkerId)!;
        await Eventually.IsTrueAsync(
            async () => { var log = await stack.LogAsync(); return held.All(task => Requeued(log, task).Any()); }, "each is queued again", TimeSpan.FromSeconds(30));

        var verdicts = await stack.LogAsync(EventTypes.WorkerLost, EventTypes.TaskStalled);
        Assert.InRange(held.Count, 15, 20);
        Assert.Equal(victim.WorkerId, Assert.Single(verdicts, one => one.Event.EventType == EventTypes.WorkerLost).Event.WorkerId);
        Assert.Equal(held, verdicts.Where(one => one.Event.EventType == EventTypes.TaskStalled).Select(one => one.Event.TaskId!).Order());
        Assert.All(verdicts, one =>
        {
            Assert.InRange(one.At.Time - killed, TimeSpan.Zero, BrokenStack.TimeToLive + BrokenStack.Beat);
            Assert.StartsWith($"Worker {victim.WorkerId} lost: no heartbeat for 6 s, last seen at ", one.Event.Error, StringComparison.Ordinal);
            Assert.Equal((VerdictReasons.Silent, lost.LastSeenAt, 6_000L), (Verdict.Of(one.Event)!.Reason, Verdict.Of(one.Event)!.LastSeenAt, Verdict.Of(one.Event)!.TtlMs));
        });
        Assert.Equal((VerdictReasons.Silent, lost.LastSeenAt), (lost.Evidence!.Reason, lost.Evidence.LastSeenAt));

        // Each goes on once, and the board has no orphan left
        Assert.All(held, task => Assert.Single(verdicts, one => one.Event.TaskId == task));
        var all = await stack.LogAsync();
        Assert.All(held, task => Assert.Single(Requeued(all, task)));
        await stack.SeesAsync(state => state.All.Tasks.Orphaned == 0 && held.All(task => state.Task(task) is { Status: not EventStatuses.Orphaned }), "no orphan is left");
        var why = await stack.GetAsync($"/api/tasks/{held[0]}/why");
        Assert.Contains(why.GetProperty("parts").EnumerateArray(), part => part.TryGetProperty("kind", out var kind) && kind.GetString() == "task");

        // Between the verdict and the next attempt; that one may fail and be queued again, as any other.
        static IEnumerable<MonitoringEvent> Requeued(IReadOnlyList<(MonitoringEvent Event, LogPosition At)> log, string task) => log
            .Select(one => one.Event).Where(one => one.TaskId == task)
            .SkipWhile(one => one.EventType != EventTypes.TaskStalled).Skip(1)
            .TakeWhile(one => one.EventType != EventTypes.TaskStarted)
            .Where(one => one.EventType == EventTypes.TaskEnqueued);
    }

    [Fact]
    public async Task PauseWorker_LongerThanTheTimeToLive_IsLostAndReinstatedWithItsEvidenceGone()
    {
        await using var stack = await BrokenStack.StartAsync(simulation: [("Workers", "4")]);
        await stack.SeesAsync(state => state.WorkersBusy > 0, "a worker is busy");

        var effect = await stack.BreakAsync("pause-worker?seconds=300");
        var id = effect.GetProperty("worker_id").GetInt32();
        await stack.SeesAsync(state => state.Worker(id) is { Status: WorkerStatus.Lost, Evidence.Reason: VerdictReasons.Silent }, "it is lost");
        var held = await stack.HeldAtLossAsync(effect);
        await stack.MendAsync(effect);
        await stack.SeesAsync(state => state.Worker(id) is { IsOnline: true, ReinstatedAt: not null, Evidence: null, Error: null }, "it is back");
        await stack.SeesAsync(state => state.All.Tasks.Orphaned == 0, "no orphan is left");

        Assert.Equal(id, Assert.Single(await stack.LogAsync(EventTypes.WorkerLost)).Event.WorkerId);
        Assert.Equal(held, (await stack.LogAsync(EventTypes.TaskStalled)).Select(one => one.Event.TaskId!).Order());
        Assert.Single(await stack.LogAsync(EventTypes.WorkerStarted), one => one.Event.WorkerId == id);
        var ends = await stack.LogAsync(EventTypes.TaskCompleted, EventTypes.TaskFailed);
        Assert.DoesNotContain(ends.CountBy(one => one.Event.TaskId!), task => task.Value > 1);
    }

    [Fact]
    public async Task PauseWorker_ShorterThanTheTimeToLive_NobodyIsLost()
    {
        await using var stack = await BrokenStack.StartAsync(simulation: [("Workers", "4")]);
        await stack.SeesAsync(state => state.WorkersBusy > 0, "a worker is busy");

        var id = (await stack.BreakAsync("pause-worker?seconds=3")).GetProperty("worker_id").GetInt32();
        var paused = DateTimeOffset.UtcNow;
        await stack.SeesAsync(state => state.Worker(id)!.LastHeartbeatAt > paused + BrokenStack.TimeToLive, "it has lived for longer than the time to live");

        Assert.Empty(await stack.LogAsync(EventTypes.WorkerLost, EventTypes.TaskStalled));
    }
}
