using System.Buffers;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.WebSockets;

/// <summary>One message an interval.</summary>
internal abstract class FrameSink(FrameConnection connection) : IStreamSink
{
    public abstract string Transport { get; }

    public abstract EventsEncoding Encoding { get; }

    public ValueTask SendEventsAsync(LogPosition after, LogPosition upto, List<LogEntry> entries)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.LengthFor(entries));
        return connection.Output.SendRentedAsync(buffer, Encoding.Write(buffer, after, upto, entries));
    }

    public ValueTask SendEncodedAsync(ReadOnlyMemory<byte> frame) => connection.Output.SendAsync(frame);

    public abstract ValueTask SendFrameAsync(StreamFrame frame);

    public void Abort() => connection.Abort();
}
