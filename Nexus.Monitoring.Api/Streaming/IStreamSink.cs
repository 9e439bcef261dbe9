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
    bool HasIntervals => Encoding is not null;

    /// <summary>How intervals are encoded, when what one client gets serves others too; null when it does not.</summary>
    EventsEncoding? Encoding => null;

    /// <summary>Reads the entries before it returns, whenever the send completes.</summary>
    ValueTask SendEventsAsync(LogPosition after, LogPosition upto, List<LogEntry> entries);

    /// <summary>Sends what <see cref="Encoding"/> wrote.</summary>
    ValueTask SendEncodedAsync(ReadOnlyMemory<byte> frame) => throw new NotSupportedException("Single events are not sent as frames.");

    ValueTask SendFrameAsync(StreamFrame frame);

    /// <summary>Cuts the connection, so that a send that waits for the client ends. Thread-safe.</summary>
    void Abort();
}
