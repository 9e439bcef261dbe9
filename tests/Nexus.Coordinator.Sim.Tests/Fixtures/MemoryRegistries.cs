using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Tests.Fixtures;

/// <summary>The contracts of both registries without Redis.</summary>
internal sealed class MemoryRegistries : IWorkerRegistry, IRunRegistry
{
    private readonly MemoryStore _store;
    private readonly HeartbeatTiming _heartbeat;
    private readonly TimeProvider _time;

    public MemoryRegistries(MemoryStore store, CoordinatorId self, HeartbeatTiming heartbeat, TimeProvider time)
    {
        (_store, _heartbeat, _time) = (store, heartbeat, time);
        Results = new Doorbell(time);
        store.ResultBells[self.Value] = Results;
    }

    public Doorbell Results { get; }

    public async Task<WorkerLease> RegisterAsync(int hands = 1) => await Run(() =>
    {
        var id = 1;
        while (_store.Workers.ContainsKey(id) || IsAlive($"{id}"))
        {
            id++;
        }

        return Register(new WorkerLease(id, Guid.NewGuid().ToString("n")[..12]), hands);
    });

    public async Task<bool> RejoinAsync(WorkerLease worker, int hands = 1) => await Run(() =>
    {
        var isFree = !_store.Workers.ContainsKey(worker.WorkerId) && !IsAlive($"{worker.WorkerId}");
        if (isFree)
        {
            Register(worker, hands);
        }

        return isFree;
    });

    public async Task<bool> BeatAsync(WorkerLease worker) => await Run(() =>
    {
        var registered = _store.Workers.GetValueOrDefault(worker.WorkerId) == worker.Token;
        if (registered)
        {
            Renew($"{worker.WorkerId}");
        }

        return registered;
    });

    public async Task ReleaseAsync(WorkerLease worker, int hands = 1) => await Run(() =>
    {
        var leases = worker.Hands(hands).Select(hand => hand.ToString()).ToList();
        if (_store.Workers.GetValueOrDefault(worker.WorkerId) == worker.Token && !leases.Any(_store.Processing.ContainsKey))
        {
            _store.Workers.Remove(worker.WorkerId);
            _store.Leases.ExceptWith(leases);
            _store.Heartbeats.Remove($"{worker.WorkerId}");
        }

        return true;
    });

    public async Task<IReadOnlyList<WorkerLease>> FindSilentAsync() => await Run<IReadOnlyList<WorkerLease>>(() =>
        [.. _store.Workers.Where(worker => !IsAlive($"{worker.Key}")).Select(worker => new WorkerLease(worker.Key, worker.Value))]);

    public async Task<bool> DeclareLostAsync(WorkerLease worker) => await Run(() =>
        !IsAlive($"{worker.WorkerId}")
        && _store.Workers.GetValueOrDefault(worker.WorkerId) == worker.Token
        && _store.Workers.Remove(worker.WorkerId));

    public async Task AddAsync(RunRecord run) => await Run(() => _store.Runs[run.RunId] = JobJson.Write(run));

    public async Task<bool> RemoveAsync(string runId, string coordinator) => await Run(() =>
    {
        if (_store.Runs.Remove(runId))
        {
            _store.Batches.Remove(runId);
            _store.Ended[runId] = coordinator;
            return true;
        }

        return _store.Ended.GetValueOrDefault(runId) == coordinator;
    });

    public async Task<IReadOnlySet<string>> BeatAsync(string coordinator) => await Run<IReadOnlySet<string>>(() =>
    {
        Renew(coordinator);
        return _store.Runs.Keys.ToHashSet();
    });

    public async Task LeaveAsync(string coordinator) => await Run(() => _store.Heartbeats.Remove(coordinator) | _store.Results.Remove(coordinator));

    public async Task<IReadOnlyList<RunRecord>> FindAbandonedAsync() => await Run<IReadOnlyList<RunRecord>>(() =>
        [.. _store.Runs.Values.Select(run => JobJson.ReadRun(run)!).Where(run => !IsAlive(run.Coordinator))]);

    public async Task<IReadOnlyList<JobResult>> ReadResultsAsync(string coordinator) => await Run<IReadOnlyList<JobResult>>(() =>
        [.. _store.Results.GetValueOrDefault(coordinator, []).Take(500).Select(result => JobJson.ReadResult(result)!)]);

    public async Task DropResultsAsync(string coordinator, IReadOnlyList<JobResult> results) => await Run(() =>
        results.Count(result => _store.Results.GetValueOrDefault(coordinator, []).Remove(JobJson.Write(result))));

    public void RingResults(string coordinator) => _store.ResultBells.GetValueOrDefault(coordinator)?.Ring();

    private WorkerLease Register(WorkerLease lease, int hands)
    {
        _store.Workers[lease.WorkerId] = lease.Token;
        _store.Leases.UnionWith(lease.Hands(hands).Select(hand => hand.ToString()));
        Renew($"{lease.WorkerId}");
        return lease;
    }

    private bool IsAlive(string key) => _store.Heartbeats.GetValueOrDefault(key) > _time.GetUtcNow();

    private void Renew(string key) => _store.Heartbeats[key] = _time.GetUtcNow() + _heartbeat.TimeToLive;

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
