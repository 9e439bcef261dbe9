using Microsoft.Extensions.Logging;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>
/// Tells the log, and with it everyone who looks, what this process could not send: an event <c>publisher_dropped</c> with the counts by
/// reason since the one before, at most one a second. Used by the sender alone.
/// </summary>
internal sealed class DropReporter(
    EventBuffer buffer, EventEncoder encoder, TimeProvider timeProvider, ILogger<DropReporter> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private IReadOnlyDictionary<string, long>? _inFlight;
    private long? _lastReport;

    /// <summary>How long until there is something to report; null when there is not.</summary>
    public TimeSpan? TimeUntilDue()
    {
        if (buffer.UnreportedDrops() is null)
        {
            return null;
        }

        var left = _lastReport is { } last ? Interval - timeProvider.GetElapsedTime(last) : TimeSpan.Zero;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>The report, if there is something to tell; it belongs at the head of the next batch.</summary>
    /// <param name="evenIfEarly">Whether this may be the last chance.</param>
    public EncodedEvent? Create(bool evenIfEarly)
    {
        if (TimeUntilDue() is not { } left || (left > TimeSpan.Zero && !evenIfEarly) || buffer.UnreportedDrops() is not { } counts)
        {
            return null;
        }

        _lastReport = timeProvider.GetTimestamp();
        var total = counts.Values.Sum();
        var reasons = string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"));
        logger.Dropped(total, reasons);
        var report = new PendingEvent(0, new MonitoringEvent
        {
            EventId = "",
            Timestamp = timeProvider.GetUtcNow(),
            EventType = EventTypes.PublisherDropped,
            Message = $"{total} events could not be sent: {reasons}.",
            Counts = counts,
        }, null);
        if (encoder.TryEncode(report, out var encoded) is not null)
        {
            return null;
        }

        _inFlight = counts;
        return encoded;
    }

    /// <summary>The report that <see cref="Create"/> made is in the log.</summary>
    public void MarkSent()
    {
        buffer.MarkReported(_inFlight!);
        _inFlight = null;
    }
}
