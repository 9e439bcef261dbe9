using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using StackExchange.Redis;

namespace Nexus.IntegrationTests.Chaos;

/// <summary>Two whole nodes on one Redis: one verdict each, also when the node that watches dies.</summary>
public sealed class TwoNodesWatchTests
{
    [Fact]
    public async Task KillWorker_TwoNodes_OneVerdictEachAndBothBoardsSayTheSame()
    {
        await using var stack = await BrokenStack.StartAsync(nodes: 2, simulation: [("Workers", "6"), ("TasksPerWorker", "5"), ("RunsAtOnce", "8")]);
        await stack.SeesAsync(state => state.OnlineWorkers.Any(worker => worker.TasksHeld >= 3), "a worker has tasks");

        var effect = await stack.BreakAsync("kill-worker");
        var victim = effect.GetProperty("worker_id").GetInt32();
        await stack.SeesAsync(state => state.Worker(victim) is { Status: WorkerStatus.Lost }, "it is lost");
        var held = await stack.HeldAtLossAsync(effect);
        await stack.SeesAsync(state => state.All.Tasks.Orphaned == 0, "its tasks went on");

        var verdicts = await stack.LogAsync(EventTypes.WorkerLost, EventTypes.TaskStalled);
        Assert.Equal(victim, Assert.Single(verdicts, one => one.Event.EventType == EventTypes.WorkerLost).Event.WorkerId);
        Assert.Equal(held, verdicts.Where(one => one.Event.EventType == EventTypes.TaskStalled).Select(one => one.Event.TaskId!).Order());
        Assert.Single(verdicts.Select(one => one.Event.Source).Distinct());

        // Both have folded the same log: all that they show is the same, once nothing more comes
        await stack.Simulator.StopAsync();
        await stack.SeesAsync(state => state.WorkersOnline == 0, "the simulator is gone");
        string[] boards = [];
        await Eventually.IsTrueAsync(
            async () =>
            {
                boards = await Task.WhenAll(stack.Nodes.Select(node => node.Http.GetStringAsync(new Uri("/api/snapshot?ended_tasks=100000", UriKind.Relative))));
                return boards.Distinct(StringComparer.Ordinal).Count() == 1;
            },
            "both boards say the same",
            TimeSpan.FromSeconds(30));
        var board = LiveState.FromSnapshot(JsonSerializer.Deserialize(boards[0], MonitoringJson.Context.LiveStateSnapshot)!);
        Assert.Equal(WorkerStatus.Lost, board.Worker(victim)!.Status);
        Assert.All(held, task => Assert.Contains(board.Task(task)!.Status, (string[])[EventStatuses.Completed, EventStatuses.Failed, EventStatuses.Cancelled]));
    }

    [Fact]
    public async Task LeaderIsKilled_TheOtherNodeWatchesWithinOneLeaseAndJudges()
    {
        await using var stack = await BrokenStack.StartAsync(nodes: 2, simulation: [("Workers", "4")]);
        using var redis = await ConnectionMultiplexer.ConnectAsync(stack.Redis.ConnectionString);
        await stack.SeesAsync(state => state.WorkersBusy > 1, "workers are busy");
        var (first, _) = await KillAndSeeAsync(stack);
        var token = await TokenAsync(redis);
        while (Verdict.Of(first)!.Token != token)
        {
            // The lease was lost meanwhile on a machine that was busy for as long
            (first, token) = ((await KillAndSeeAsync(stack)).Verdict, await TokenAsync(redis));
        }

        var leader = stack.Nodes.Single(node => first.Source!.EndsWith($"-{node.ProcessId}", StringComparison.Ordinal));

        await leader.KillAsync();
        var killed = Stopwatch.GetTimestamp();
        await Eventually.IsTrueAsync(async () => await TokenAsync(redis) > token, "another node watches");
        var without = Stopwatch.GetElapsedTime(killed);
        var (second, at) = await KillAndSeeAsync(stack);

        // It looks for the lease some times a second
        Assert.InRange(without, TimeSpan.Zero, BrokenStack.Lease + TimeSpan.FromSeconds(1));
        Assert.NotEqual(first.Source, second.Source);
        Assert.True(Verdict.Of(second)!.Token > Verdict.Of(first)!.Token);
        Assert.True(at > LogPosition.Start);
        Assert.DoesNotContain((await stack.LogAsync(EventTypes.WorkerLost)).CountBy(one => one.Event.WorkerId!.Value), worker => worker.Value > 1);
    }

    private static async Task<(MonitoringEvent Verdict, LogPosition At)> KillAndSeeAsync(BrokenStack stack)
    {
        var victim = (await stack.BreakAsync("kill-worker")).GetProperty("worker_id").GetInt32();
        (MonitoringEvent Event, LogPosition At) verdict = default;
        await Eventually.IsTrueAsync(
            async () => (verdict = (await stack.LogAsync(EventTypes.WorkerLost)).LastOrDefault(one => one.Event.WorkerId == victim)).Event is not null,
            "it is lost",
            BrokenStack.TimeToLive * 4);
        return verdict;
    }

    private static async Task<long> TokenAsync(ConnectionMultiplexer redis) => long.Parse(
        ((string?)await redis.GetDatabase().StringGetAsync(LogKeys.WatchFence) ?? "0").Split(':')[0], CultureInfo.InvariantCulture);
}
