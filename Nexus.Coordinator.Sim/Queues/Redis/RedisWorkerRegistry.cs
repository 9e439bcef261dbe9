using Nexus.Coordinator.Sim.Configuration;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Coordinator.Sim.Queues.Redis;

/// <summary>The hash of workers and their heartbeat keys. All changes are made under conditions, so several processes agree.</summary>
internal sealed class RedisWorkerRegistry(IConnectionMultiplexer redis, HeartbeatTiming heartbeat, TimeProvider time) : IWorkerRegistry
{
    private IDatabase Database => redis.GetDatabase();

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<WorkerLease> RegisterAsync()
    {
        var token = Guid.NewGuid().ToString("n")[..12];
        for (var id = 1; ; id++)
        {
            var lease = new WorkerLease(id, token);
            var key = LogKeys.WorkerHeartbeat(id);

            // Also someone else's worker, which beats under our scheme but is no worker of ours, keeps its id.
            if (await Database.TransactAsync(
                [Condition.HashNotExists(QueueKeys.Workers, id), Condition.KeyNotExists(key)],
                transaction =>
                [
                    transaction.HashSetAsync(QueueKeys.Workers, id, token),
                    transaction.SortedSetAddAsync(QueueKeys.ProcessingLeases, lease.ToString(), Now),
                    transaction.StringSetAsync(key, token, heartbeat.TimeToLive),
                ]))
            {
                return lease;
            }
        }
    }

    public Task<bool> BeatAsync(WorkerLease worker) => Database.TransactAsync(
        [IsRegistered(worker)],
        transaction => [transaction.StringSetAsync(LogKeys.WorkerHeartbeat(worker.WorkerId), worker.Token, heartbeat.TimeToLive)]);

    public Task ReleaseAsync(WorkerLease worker) => Database.TransactAsync(
        [IsRegistered(worker), Condition.KeyNotExists(QueueKeys.Processing(worker))],
        transaction =>
        [
            transaction.HashDeleteAsync(QueueKeys.Workers, worker.WorkerId),
            transaction.SortedSetRemoveAsync(QueueKeys.ProcessingLeases, worker.ToString()),
            transaction.KeyDeleteAsync([LogKeys.WorkerHeartbeat(worker.WorkerId), QueueKeys.Settled(worker)]),
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

    public Task<bool> DeclareLostAsync(WorkerLease worker) => Database.TransactAsync(
        [IsRegistered(worker), Condition.KeyNotExists(LogKeys.WorkerHeartbeat(worker.WorkerId))],
        transaction =>
        [
            transaction.HashDeleteAsync(QueueKeys.Workers, worker.WorkerId),
            transaction.SortedSetAddAsync(QueueKeys.ProcessingLeases, worker.ToString(), Now),
        ]);

    private static Condition IsRegistered(WorkerLease worker) =>
        Condition.HashEqual(QueueKeys.Workers, worker.WorkerId, worker.Token);
}
