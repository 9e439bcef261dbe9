using System.Collections.Concurrent;
using Nexus.Monitoring.Api.Telemetry;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Log;

/// <summary>Counts what is skipped, by kind, and logs the first of each kind. Thread-safe.</summary>
internal sealed class SkippedEntries(ApiMetrics metrics, ILogger<SkippedEntries> logger)
{
    /// <summary>As many as <see cref="SkipKinds"/> has.</summary>
    private readonly ConcurrentDictionary<string, long> _counts = new();

    public IReadOnlyDictionary<string, long> Counts => new SortedDictionary<string, long>(_counts);

    public void Add(LogPosition position, string kind, string problem)
    {
        metrics.Skipped(kind);
        if (_counts.AddOrUpdate(kind, 1, static (_, count) => count + 1) == 1)
        {
            logger.FirstSkipped(position, kind, problem);
        }
    }
}
