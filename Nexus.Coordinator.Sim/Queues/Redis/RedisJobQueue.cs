using Nexus.Coordinator.Sim.Work;
using StackExchange.Redis;

namespace Nexus.Coordinator.Sim.Queues.Redis;

/// <summary>
/// Jobs in Redis lists. A claim is one LMOVE; everything that ends a claim is one MULTI under the condition that the job still lies in
/// the claimant's list, so a job is settled once, whoever believes to hold it. What was settled last is noted in the same MULTI, so that
/// a worker whose answer got lost can tell its own success from another's.
/// </summary>
internal sealed class RedisJobQueue(IConnectionMultiplexer redis, RedisDoorbells doorbells, CoordinatorId self, TimeProvider time) : IJobQueue
{
    private const int PromotionBatch = 100;

    /// <summary>Long enough for any worker to ask after an outage, short enough not to pile up.</summary>
    private static readonly TimeSpan NoteLifetime = TimeSpan.FromHours(1);

    /// <summary>
    /// A process that was frozen just before it sent a claim sends it when it thaws, in the name of a worker that is lost by then. For
    /// so long such a worker's list is still looked into.
    /// </summary>
    private static readonly TimeSpan LateClaims = TimeSpan.FromMinutes(10);

    public Doorbell Jobs => doorbells.Jobs;

    private IDatabase Database => redis.GetDatabase();

    public async Task EnqueueAsync(long batch, IReadOnlyList<Job> jobs)
    {
        if (jobs.Count == 0)
        {
            return;
        }

        var runId = jobs[0].ParentTaskId;
        var isFirst = batch == 1;
        var before = isFirst ? Condition.HashNotExists(QueueKeys.Batches, runId) : Condition.HashEqual(QueueKeys.Batches, runId, batch - 1);
        if (!await Database.TransactAsync([before], Commands))
        {
            var last = (long?)await Database.HashGetAsync(QueueKeys.Batches, runId).AnsweredAsync();
            if (last != batch)
            {
                throw new InvalidOperationException($"Run {runId}: batch {batch} follows batch {last?.ToString() ?? "none"} in the queue.");
            }
        }

        doorbells.RingJobs();

        IEnumerable<Task> Commands(ITransaction transaction)
        {
            foreach (var list in jobs.GroupBy(job => job.Priority))
            {
                yield return transaction.ListLeftPushAsync(list.Key.ListKey(), [.. list.Select(job => (RedisValue)JobJson.Write(job))]);
            }

            yield return transaction.HashSetAsync(QueueKeys.Batches, runId, batch);
        }
    }

    public async Task<ClaimedJob?> ClaimAsync(WorkerLease worker)
    {
        foreach (var priority in JobPriorities.All)
        {
            var raw = await Database
                .ListMoveAsync(priority.ListKey(), QueueKeys.Processing(worker), ListSide.Right, ListSide.Left)
                .AnsweredAsync();
            if (!raw.IsNull)
            {
                return await ReadAsync(worker, worker.Token, raw!);
            }
        }

        return null;
    }

    public Task<ClaimedJob?> FindClaimedAsync(WorkerLease worker) => FindAsync(worker, worker.Token);

    public Task<bool> CompleteAsync(ClaimedJob claimed, JobResult result)
    {
        var results = QueueKeys.Results(claimed.Job.Coordinator);
        return SettleAsync(claimed, transaction =>
        [
            transaction.ListRightPushAsync(results, JobJson.Write(result)),
            transaction.KeyExpireAsync(results, NoteLifetime),
        ]);
    }

    public Task<bool> RetryAsync(ClaimedJob claimed, Job next, DateTimeOffset due) => SettleAsync(claimed, transaction =>
        [transaction.SortedSetAddAsync(QueueKeys.Delayed, JobJson.Write(next), due.ToUnixTimeMilliseconds())]);

    public async Task<bool> ReturnAsync(ClaimedJob claimed)
    {
        var returned = await SettleAsync(claimed, transaction =>
            [transaction.ListRightPushAsync(claimed.Job.Priority.ListKey(), claimed.Raw)]);
        doorbells.RingJobs();
        return returned;
    }

    public async Task<int> PromoteAsync(DateTimeOffset now)
    {
        var due = await Database
            .SortedSetRangeByScoreAsync(QueueKeys.Delayed, stop: now.ToUnixTimeMilliseconds(), take: PromotionBatch)
            .AnsweredAsync();
        var promoted = 0;
        foreach (var raw in due)
        {
            var list = (JobJson.ReadJob(raw!)?.Priority ?? JobPriority.Low).ListKey();
            promoted += await Database.TransactAsync(
                [Condition.SortedSetContains(QueueKeys.Delayed, raw)],
                transaction => [transaction.SortedSetRemoveAsync(QueueKeys.Delayed, raw), transaction.ListLeftPushAsync(list, raw)]) ? 1 : 0;
        }

        if (promoted > 0)
        {
            doorbells.RingJobs();
        }

        return promoted;
    }

    public async Task<IReadOnlyList<ClaimedJob>> FindOrphansAsync()
    {
        var leases = await Database.SortedSetRangeByRankWithScoresAsync(QueueKeys.ProcessingLeases).AnsweredAsync();
        var workers = await Database.HashGetAllAsync(QueueKeys.Workers).AnsweredAsync();
        var living = workers.Select(worker => $"{worker.Name}:{worker.Value}").ToHashSet();
        var forgotten = time.GetUtcNow().Subtract(LateClaims).ToUnixTimeMilliseconds();
        var orphans = new List<ClaimedJob>();
        foreach (var entry in leases)
        {
            if (!WorkerLease.TryParse(entry.Element!, out var lease) || living.Contains(lease.Registration))
            {
                continue;
            }

            if (await FindAsync(lease, self.Value) is { } orphan)
            {
                orphans.Add(orphan);
            }
            else if (entry.Score < forgotten)
            {
                await Database.SortedSetRemoveAsync(QueueKeys.ProcessingLeases, entry.Element).AnsweredAsync();
            }
        }

        return orphans;
    }

    public async IAsyncEnumerable<Job> RemoveAsync(IReadOnlySet<string> runIds)
    {
        var delayed = await Database.SortedSetRangeByRankAsync(QueueKeys.Delayed).AnsweredAsync();
        foreach (var (raw, job) in OfRuns(delayed))
        {
            if (await Database.SortedSetRemoveAsync(QueueKeys.Delayed, raw).AnsweredAsync())
            {
                yield return job;
            }
        }

        foreach (var priority in JobPriorities.All)
        {
            var waiting = await Database.ListRangeAsync(priority.ListKey()).AnsweredAsync();
            foreach (var (raw, job) in OfRuns(waiting))
            {
                if (await Database.ListRemoveAsync(priority.ListKey(), raw, 1).AnsweredAsync() > 0)
                {
                    yield return job;
                }
            }
        }

        IEnumerable<(RedisValue Raw, Job Job)> OfRuns(RedisValue[] values) =>
            from value in values
            let job = JobJson.ReadJob(value!)
            where job is not null && runIds.Contains(job.ParentTaskId)
            select (value, job);
    }

    public async Task<QueueDepths> DepthsAsync()
    {
        var byPriority = JobPriorities.All.ToDictionary(priority => priority.WireName(), _ => 0L);
        var byTaskType = TaskTypes.All.ToDictionary(type => type, _ => 0L);
        foreach (var priority in JobPriorities.All)
        {
            var waiting = await Database.ListRangeAsync(priority.ListKey()).AnsweredAsync();
            byPriority[priority.WireName()] = waiting.Length;
            foreach (var raw in waiting)
            {
                if (JobJson.ReadJob(raw!) is { } job)
                {
                    byTaskType[job.TaskType] = byTaskType.GetValueOrDefault(job.TaskType) + 1;
                }
            }
        }

        return new QueueDepths(byPriority, byTaskType);
    }

    private async Task<bool> SettleAsync(ClaimedJob claimed, Func<ITransaction, IEnumerable<Task>> commands)
    {
        var processing = QueueKeys.Processing(claimed.Owner);
        var settled = QueueKeys.Settled(claimed.Owner);
        var note = $"{claimed.Settler}/{claimed.Job.TaskId}/{claimed.Job.RetryCount}";
        return await Database.TransactAsync([Condition.ListIndexEqual(processing, 0, claimed.Raw)], Commands)
            || await Database.StringGetAsync(settled).AnsweredAsync() == note;

        IEnumerable<Task> Commands(ITransaction transaction) =>
        [
            transaction.ListLeftPopAsync(processing),
            .. commands(transaction),
            transaction.StringSetAsync(settled, note, NoteLifetime),
        ];
    }

    private async Task<ClaimedJob?> FindAsync(WorkerLease owner, string settler)
    {
        var raw = await Database.ListGetByIndexAsync(QueueKeys.Processing(owner), 0).AnsweredAsync();
        return raw.IsNull ? null : await ReadAsync(owner, settler, raw!);
    }

    /// <summary>What is no job can never be worked off: it is taken out of the way, so that it does not block its worker for ever.</summary>
    private async Task<ClaimedJob?> ReadAsync(WorkerLease owner, string settler, string raw)
    {
        if (JobJson.ReadJob(raw) is { } job)
        {
            return new ClaimedJob(owner, settler, job, raw);
        }

        await Database.ListRemoveAsync(QueueKeys.Processing(owner), raw).AnsweredAsync();
        return null;
    }
}
