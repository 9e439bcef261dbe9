using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Work;

namespace Nexus.Coordinator.Sim.Tests.Fixtures;

/// <summary>The queue's contract without Redis, for tests on made-up time.</summary>
internal sealed class MemoryJobQueue : IJobQueue
{
    private readonly MemoryStore _store;
    private readonly CoordinatorId _self;

    public MemoryJobQueue(MemoryStore store, CoordinatorId self, TimeProvider time)
    {
        _store = store;
        _self = self;
        Jobs = new Doorbell(time);
        store.JobBells.Add(Jobs);
    }

    public Doorbell Jobs { get; }

    public Task EnqueueAsync(long batch, IReadOnlyList<Job> jobs) => Run(() =>
    {
        var run = jobs[0].ParentTaskId;
        var last = _store.Batches.GetValueOrDefault(run);
        if (last == batch - 1)
        {
            foreach (var job in jobs)
            {
                _store.Lists[job.Priority].AddFirst(JobJson.Write(job));
            }

            _store.Batches[run] = batch;
        }
        else if (last != batch)
        {
            throw new InvalidOperationException($"Run {run}: batch {batch} follows batch {last} in the queue.");
        }

        RingJobs();
        return true;
    });

    public Task<ClaimedJob?> ClaimAsync(WorkerLease worker) => Run(() =>
    {
        foreach (var priority in JobPriorities.All)
        {
            if (_store.Lists[priority].Last is { } last)
            {
                _store.Lists[priority].RemoveLast();
                _store.Processing.Add(worker.ToString(), last.Value);
                return Claimed(worker, worker.Token);
            }
        }

        return null;
    });

    public Task<ClaimedJob?> FindClaimedAsync(WorkerLease worker) => Run(() => Claimed(worker, worker.Token));

    public Task<bool> CompleteAsync(ClaimedJob claimed, JobResult result) => Settle(claimed, () =>
    {
        _store.Results.TryAdd(claimed.Job.Coordinator, []);
        _store.Results[claimed.Job.Coordinator].Add(JobJson.Write(result));
    });

    public Task<bool> RetryAsync(ClaimedJob claimed, Job next, DateTimeOffset due) =>
        Settle(claimed, () => _store.Delayed.Add((JobJson.Write(next), due)));

    public Task<bool> ReturnAsync(ClaimedJob claimed) => Settle(claimed, () =>
    {
        _store.Lists[claimed.Job.Priority].AddLast(claimed.Raw);
        RingJobs();
    });

    public Task<int> PromoteAsync(DateTimeOffset now) => Run(() =>
    {
        var due = _store.Delayed.Where(delayed => delayed.Due <= now).OrderBy(delayed => delayed.Due).ToList();
        foreach (var delayed in due)
        {
            _store.Delayed.Remove(delayed);
            _store.Lists[JobJson.ReadJob(delayed.Raw)!.Priority].AddFirst(delayed.Raw);
        }

        if (due.Count > 0)
        {
            RingJobs();
        }

        return due.Count;
    });

    public Task<IReadOnlyList<ClaimedJob>> FindOrphansAsync() => Run<IReadOnlyList<ClaimedJob>>(() =>
    {
        var living = _store.Workers.Select(worker => $"{worker.Key}:{worker.Value}").ToHashSet();
        return
        [
            .. _store.Leases
                .Select(lease => WorkerLease.TryParse(lease, out var parsed) && !living.Contains(parsed.Registration) ? Claimed(parsed, _self.Value) : null)
                .OfType<ClaimedJob>(),
        ];
    });

    public async IAsyncEnumerable<Job> RemoveAsync(IReadOnlySet<string> runIds)
    {
        foreach (var job in await Run(() => Remove(runIds)))
        {
            yield return job;
        }
    }

    public Task<QueueDepths> DepthsAsync() => Run(() =>
    {
        var waiting = _store.Lists.Values.SelectMany(list => list).Select(raw => JobJson.ReadJob(raw)!).ToList();
        return new QueueDepths(
            JobPriorities.All.ToDictionary(p => p.WireName(), p => (long)_store.Lists[p].Count),
            TaskTypes.All.ToDictionary(type => type, type => (long)waiting.Count(job => job.TaskType == type)));
    });

    private Task<bool> Settle(ClaimedJob claimed, Action then) => Run(() =>
    {
        var owner = claimed.Owner.ToString();
        var note = $"{claimed.Settler}/{claimed.Job.TaskId}/{claimed.Job.RetryCount}";
        if (_store.Processing.GetValueOrDefault(owner) != claimed.Raw)
        {
            return _store.Settled.GetValueOrDefault(owner) == note;
        }

        _store.Processing.Remove(owner);
        _store.Settled[owner] = note;
        then();
        return true;
    });

    private ClaimedJob? Claimed(WorkerLease owner, string settler) => _store.Processing.GetValueOrDefault(owner.ToString()) is { } raw
        ? new ClaimedJob(owner, settler, JobJson.ReadJob(raw)!, raw)
        : null;

    private List<Job> Remove(IReadOnlySet<string> runIds)
    {
        var removed = new List<Job>();
        _store.Delayed.RemoveAll(delayed => Take(delayed.Raw));
        foreach (var list in _store.Lists.Values)
        {
            foreach (var raw in list.Where(Take).ToList())
            {
                list.Remove(raw);
            }
        }

        return removed;

        bool Take(string raw)
        {
            var job = JobJson.ReadJob(raw)!;
            if (!runIds.Contains(job.ParentTaskId))
            {
                return false;
            }

            removed.Add(job);
            return true;
        }
    }

    private void RingJobs() => _store.JobBells.ForEach(bell => bell.Ring());

    /// <summary>As over a network: the caller learns of everything by awaiting.</summary>
    private Task<T> Run<T>(Func<T> operation)
    {
        try
        {
            return Task.FromResult(_store.Use(operation));
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }
}
