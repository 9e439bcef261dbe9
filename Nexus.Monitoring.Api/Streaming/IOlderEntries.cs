using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>The part of the log that the ring no longer holds. Thread-safe.</summary>
/// <remarks>All methods throw <see cref="LogAwayException"/> when the log does not answer.</remarks>
internal interface IOlderEntries
{
    /// <summary>Entries in (<paramref name="after"/>, <paramref name="upto"/>], the oldest first, at most <paramref name="limit"/>.</summary>
    /// <param name="after">Where to go on.</param>
    /// <param name="upto">Where to end.</param>
    /// <param name="limit">Most entries.</param>
    /// <param name="isForeign">Whether <paramref name="after"/> comes from outside: nobody has seen yet that this log handed it out.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<OlderSlice> ReadAsync(LogPosition after, LogPosition upto, int limit, bool isForeign, CancellationToken cancellationToken);

    /// <summary>The newest entries up to and including <paramref name="upto"/>, in the log's order, at most <paramref name="limit"/>.</summary>
    /// <returns><see cref="OlderSlice.Upto"/> is the position before the oldest that was looked at.</returns>
    Task<OlderSlice> ReadBackAsync(LogPosition upto, int limit, CancellationToken cancellationToken);

    /// <summary>Looks a position up that the ring would have if this log had handed it out, or that lies after the ring.</summary>
    Task<CursorPlace> FindAsync(LogPosition position, CancellationToken cancellationToken);
}
