using Microsoft.Extensions.ObjectPool;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Lists of entries on their way from a reader to a sink; there are as many as there are readers at work, not as readers.</summary>
internal static class EntryLists
{
    private static readonly ObjectPool<List<LogEntry>> Pool = new DefaultObjectPool<List<LogEntry>>(new ListPolicy<LogEntry>(64, maxCapacity: 1024));

    /// <summary>For a step in which nothing matches; never written to.</summary>
    public static List<LogEntry> Empty { get; } = [];

    public static List<LogEntry> Rent() => Pool.Get();

    public static void Return(List<LogEntry> list) => Pool.Return(list);
}
