using Nexus.Coordinator.Sim.Configuration;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Coordinator.Sim.Queues.Redis;

/// <summary>The hash of workers and their heartbeat keys. All changes are made under conditions, so several processes agree.</summary>
internal sealed class RedisWorkerRegistry(IConnectionMultiplexer redis, HeartbeatTiming heartbeat, TimeProvider time) : IWorkerRegistry
{
    private IDatabase Database => redis.GetDatabase();

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<WorkerLease> RegisterAsync(int hands = 1)
    {
        var token = Guid.NewGuid().ToString("n")[..12];
        for (var id = 1; ; id++)
        {
            var lease = new WorkerLease(id, token);

            // Also someone else's worker, which beats under our scheme but is no worker of ours, keeps its id.
            if (await RejoinAsync(lease, hands))
            {
                return lease;
            }
        }
    }

    public Task<bool> RejoinAsync(WorkerLease worker, int hands = 1) => Database.TransactAsync(
        [Condition.HashNotExists(QueueKeys.Workers, worker.WorkerId), Condition.KeyNotExists(LogKeys.WorkerHeartbeat(worker.WorkerId))],
        transaction =>
        [
            transaction.HashSetAsync(QueueKeys.Workers, worker.WorkerId, worker.Token),
            transaction.SortedSetAddAsync(QueueKeys.ProcessingLeases, Entries(worker.Hands(hands))),
            transaction.StringSetAsync(LogKeys.WorkerHeartbeat(worker.WorkerId), worker.Token, heartbeat.TimeToLive),
        ]);

    public Task<bool> BeatAsync(WorkerLease worker) => Database.TransactAsync(
        [IsRegistered(worker)],
        transaction => [transaction.StringSetAsync(LogKeys.WorkerHeartbeat(worker.WorkerId), worker.Token, heartbeat.TimeToLive)]);

    public Task ReleaseAsync(WorkerLease worker, int hands = 1) => Database.TransactAsync(
        [IsRegistered(worker), .. worker.Hands(hands).Select(hand => Condition.KeyNotExists(QueueKeys.Processing(hand)))],
        transaction =>
        [
            transaction.HashDeleteAsync(QueueKeys.Workers, worker.WorkerId),
            transaction.SortedSetRemoveAsync(QueueKeys.ProcessingLeases, [.. worker.Hands(hands).Select(hand => (RedisValue)hand.ToString())]),
            transaction.KeyDeleteAsync(
                [LogKeys.WorkerHeartbeat(worker.WorkerId), .. worker.Hands(hands).Select(hand => (RedisKey)QueueKeys.Settled(hand))]),
        ]);

    public async Task<IReadOnlyList<WorkerLease>> FindSilentAsync()
    {
        var workers = await Database.HashGetAllAsync(QueueKeys.Workers).AnsweredAsync();
        var beats = await Database.StringGetAsync([.. workers.Select(worker => (RedisKey)LogKeys.WorkerHeartbeat((int)worker.Name))]).AnsweredAsync();
        return
        [
            .. workers.Zip(beats)
                .Where(pair => pair.Second.IsNull)
                .Select(pair => new WorkerLease((int)pair.First.Name, pair.First.Value!)),
        ];
    }

    public async Task<bool> DeclareLostAsync(WorkerLease worker)
    {
        var known = await Database.SortedSetRangeByRankAsync(QueueKeys.ProcessingLeases).AnsweredAsync();
        var hands = known
            .Select(text => WorkerLease.TryParse(text!, out var lease) ? lease : null)
            .OfType<WorkerLease>()
            .Where(lease => lease.Registration == worker.Registration);
        return await Database.TransactAsync(
            [IsRegistered(worker), Condition.KeyNotExists(LogKeys.WorkerHeartbeat(worker.WorkerId))],
            transaction =>
            [
                transaction.HashDeleteAsync(QueueKeys.Workers, worker.WorkerId),
                transaction.SortedSetAddAsync(QueueKeys.ProcessingLeases, Entries(hands.Append(worker))),
            ]);
    }

    private SortedSetEntry[] Entries(IEnumerable<WorkerLease> leases) =>
        [.. leases.Select(lease => lease.ToString()).Distinct().Select(lease => new SortedSetEntry(lease, Now))];

    private static Condition IsRegistered(WorkerLease worker) =>
        Condition.HashEqual(QueueKeys.Workers, worker.WorkerId, worker.Token);
}
