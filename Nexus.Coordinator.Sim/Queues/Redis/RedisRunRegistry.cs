using Nexus.Coordinator.Sim.Configuration;
using StackExchange.Redis;

namespace Nexus.Coordinator.Sim.Queues.Redis;

/// <summary>The hash of runs, the heartbeat of the processes that drive them, and their lists of results.</summary>
internal sealed class RedisRunRegistry(IConnectionMultiplexer redis, RedisDoorbells doorbells, HeartbeatTiming heartbeat) : IRunRegistry
{
    private const int ResultBatch = 500;

    /// <summary>Long enough to ask again after an outage.</summary>
    private static readonly TimeSpan NoteLifetime = TimeSpan.FromMinutes(10);

    public Doorbell Results => doorbells.Results;

    private IDatabase Database => redis.GetDatabase();

    public Task AddAsync(RunRecord run) => Database.HashSetAsync(QueueKeys.Runs, run.RunId, JobJson.Write(run)).AnsweredAsync();

    public async Task<bool> RemoveAsync(string runId, string coordinator)
    {
        var ended = QueueKeys.Ended(runId);
        return await Database.TransactAsync([Condition.HashExists(QueueKeys.Runs, runId)], Commands)
            || await Database.StringGetAsync(ended).AnsweredAsync() == coordinator;

        IEnumerable<Task> Commands(ITransaction transaction) =>
        [
            transaction.HashDeleteAsync(QueueKeys.Runs, runId),
            transaction.HashDeleteAsync(QueueKeys.Batches, runId),
            transaction.StringSetAsync(ended, coordinator, NoteLifetime),
        ];
    }

    public async Task<IReadOnlySet<string>> BeatAsync(string coordinator)
    {
        await Database.StringSetAsync(QueueKeys.Coordinator(coordinator), "", heartbeat.TimeToLive).AnsweredAsync();
        var runs = await Database.HashKeysAsync(QueueKeys.Runs).AnsweredAsync();
        return runs.Select(run => run.ToString()).ToHashSet();
    }

    public Task LeaveAsync(string coordinator) =>
        Database.KeyDeleteAsync([QueueKeys.Coordinator(coordinator), QueueKeys.Results(coordinator)]).AnsweredAsync();

    public async Task<IReadOnlyList<RunRecord>> FindAbandonedAsync()
    {
        var runs = await Database.HashValuesAsync(QueueKeys.Runs).AnsweredAsync();
        var abandoned = new List<RunRecord>();
        foreach (var byCoordinator in runs.Select(run => JobJson.ReadRun(run!)).OfType<RunRecord>().GroupBy(run => run.Coordinator))
        {
            if (!await Database.KeyExistsAsync(QueueKeys.Coordinator(byCoordinator.Key)).AnsweredAsync())
            {
                abandoned.AddRange(byCoordinator);
            }
        }

        return abandoned;
    }

    public async Task<IReadOnlyList<JobResult>> ReadResultsAsync(string coordinator)
    {
        var results = await Database.ListRangeAsync(QueueKeys.Results(coordinator), 0, ResultBatch - 1).AnsweredAsync();
        return [.. results.Select(result => JobJson.ReadResult(result!)).OfType<JobResult>()];
    }

    /// <summary>By value, not by count: repeating it after a lost answer removes nothing that was not read.</summary>
    public Task DropResultsAsync(string coordinator, IReadOnlyList<JobResult> results) =>
        Task.WhenAll(results.Select(result => Database.ListRemoveAsync(QueueKeys.Results(coordinator), JobJson.Write(result), 1))).AnsweredAsync();

    public void RingResults(string coordinator) => doorbells.RingResults(coordinator);
}
