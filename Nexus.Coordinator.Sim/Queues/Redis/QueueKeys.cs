using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Coordinator.Sim.Queues.Redis;

/// <summary>The coordinator's own keys. The lists and the heartbeats that others read are in <see cref="LogKeys"/>.</summary>
/// <remarks>
/// <code>
/// nexus:tasks:{priority}            list     jobs that wait: pushed left, taken right
/// nexus:tasks:processing:{lease}    list     the job in a hand of a worker: at most one
/// nexus:tasks:processing            zset     leases whose list may hold something, by when the worker registered or was lost
/// nexus:tasks:settled:{lease}       string   who settled what last, for whoever did not get the answer; expires
/// nexus:tasks:delayed               zset     jobs that wait for another attempt, by the time they are due
/// nexus:tasks:batches               hash     run → number of its last batch in the lists
/// nexus:tasks:results:{coordinator} list     results on their way to who drives the run; expires
/// nexus:tasks:doorbell              channel  "there are jobs"; with the name of a coordinator: "there are results for it"
/// nexus:workers                     hash     worker id → token of its lease
/// nexus:worker:heartbeat:{id}       string   expires when the worker is silent
/// nexus:runs                        hash     run → who drives it and what it is
/// nexus:runs:ended:{run}            string   who ended the run, for whoever did not get the answer; expires
/// nexus:coordinator:{coordinator}   string   expires when the process is silent
/// </code>
/// </remarks>
internal static class QueueKeys
{
    public const string ProcessingLeases = "nexus:tasks:processing";
    public const string Delayed = "nexus:tasks:delayed";
    public const string Batches = "nexus:tasks:batches";
    public const string Doorbell = "nexus:tasks:doorbell";
    public const string Workers = "nexus:workers";
    public const string Runs = "nexus:runs";

    public static string Processing(WorkerLease lease) => $"nexus:tasks:processing:{lease}";

    public static string Settled(WorkerLease lease) => $"nexus:tasks:settled:{lease}";

    public static string Ended(string runId) => $"nexus:runs:ended:{runId}";

    public static string Results(string coordinator) => $"nexus:tasks:results:{coordinator}";

    public static string Coordinator(string coordinator) => $"nexus:coordinator:{coordinator}";
}
