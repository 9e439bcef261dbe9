using Microsoft.Extensions.ObjectPool;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Lists of entries on their way from a reader to a sink; there are as many as there are readers at work, not as readers.</summary>
internal static class EntryLists
{
    /// <summary>A list that has grown larger is left to the collector.</summary>
    private const int MaxCapacity = 1024;

    private static readonly ObjectPool<List<LogEntry>> Pool = new DefaultObjectPool<List<LogEntry>>(new Policy());

    /// <summary>For a step in which nothing matches; never written to.</summary>
    public static List<LogEntry> Empty { get; } = [];

    public static List<LogEntry> Rent() => Pool.Get();

    public static void Return(List<LogEntry> list) => Pool.Return(list);

    private sealed class Policy : PooledObjectPolicy<List<LogEntry>>
    {
        public override List<LogEntry> Create() => new(64);

        public override bool Return(List<LogEntry> obj)
        {
            // Entries must not be kept alive by a list that waits to be used.
            obj.Clear();
            return obj.Capacity <= MaxCapacity;
        }
    }
}
