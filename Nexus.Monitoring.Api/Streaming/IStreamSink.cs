using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// One encoding of the stream on its way to one client. A send completes when the transport has taken the bytes, so a slow client
/// slows its own session only. One send at a time.
/// </summary>
internal interface IStreamSink
{
    /// <summary>Value of the metric tag <c>transport</c>.</summary>
    string Transport { get; }

    /// <summary>Whether the client sees intervals, so that also those without a matching event must be accounted for.</summary>
    bool HasIntervals { get; }

    ValueTask SendEventsAsync(LogPosition after, LogPosition upto, IReadOnlyList<LogEntry> entries);

    ValueTask SendFrameAsync(StreamFrame frame);

    /// <summary>A send has stalled: nothing further may be given to the transport, also when that send completes after all.</summary>
    /// <returns>
    /// The last event that was given to it, where a batch goes out in pieces and was interrupted; null when what was begun goes out whole.
    /// </returns>
    LogPosition? Stop() => null;
}
