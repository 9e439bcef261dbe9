using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Tests.Fixtures;

/// <summary>What would lie in Redis, shared by all processes of a test. Whoever touches it holds <see cref="Gate"/>.</summary>
internal sealed class MemoryStore
{
    public Lock Gate { get; } = new();

    /// <summary>The left end is the first.</summary>
    public Dictionary<JobPriority, LinkedList<string>> Lists { get; } = JobPriorities.All.ToDictionary(p => p, _ => new LinkedList<string>());

    public Dictionary<string, string> Processing { get; } = [];

    public HashSet<string> Leases { get; } = [];

    public Dictionary<string, string> Settled { get; } = [];

    public List<(string Raw, DateTimeOffset Due)> Delayed { get; } = [];

    public Dictionary<string, long> Batches { get; } = [];

    public Dictionary<string, List<string>> Results { get; } = [];

    public SortedDictionary<int, string> Workers { get; } = [];

    /// <summary>Worker ids and coordinators, with the time at which they expire.</summary>
    public Dictionary<string, DateTimeOffset> Heartbeats { get; } = [];

    public Dictionary<string, string> Runs { get; } = [];

    public Dictionary<string, string> Ended { get; } = [];

    public List<Doorbell> JobBells { get; } = [];

    public Dictionary<string, Doorbell> ResultBells { get; } = [];

    /// <summary>While true, every operation fails as it does when Redis is away.</summary>
    public bool IsAway { get; set; }

    public T Use<T>(Func<T> operation)
    {
        lock (Gate)
        {
            return IsAway ? throw new QueueUnavailableException(new IOException("Redis is away")) : operation();
        }
    }
}
