using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>The part of the log that the ring no longer holds. Thread-safe.</summary>
/// <remarks>All methods throw <see cref="LogAwayException"/> when the log does not answer.</remarks>
internal interface IOlderEntries
{
    /// <summary>Entries in (<paramref name="after"/>, <paramref name="upto"/>], the oldest first, at most <paramref name="limit"/>.</summary>
    Task<OlderSlice> ReadAsync(LogPosition after, LogPosition upto, int limit, CancellationToken cancellationToken);

    /// <summary>The newest entries up to and including <paramref name="upto"/>, in the log's order, at most <paramref name="limit"/>.</summary>
    /// <returns><see cref="OlderSlice.Upto"/> is the position before the oldest that was looked at.</returns>
    Task<OlderSlice> ReadBackAsync(LogPosition upto, int limit, CancellationToken cancellationToken);

    /// <summary>Whether an entry has exactly this position.</summary>
    Task<bool> ExistsAsync(LogPosition position, CancellationToken cancellationToken);
}
