using System.Buffers;
using System.Runtime.InteropServices;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.WebSockets;

/// <summary>
/// One message an event. Events that lie side by side in the ring, as all do for whoever has no filter, go out from there in one write; others
/// are copied together first.
/// </summary>
internal sealed class EventSink(FrameConnection connection) : IStreamSink
{
    public string Transport => FrameConnection.WebSocketTransport;

    public ValueTask SendEventsAsync(LogPosition after, LogPosition upto, List<LogEntry> entries)
    {
        if (entries.Count == 0)
        {
            return default;
        }

        return TryJoin(entries, out var frames) ? connection.Output.SendAsync(frames) : SendCopyAsync(entries);
    }

    public ValueTask SendFrameAsync(StreamFrame frame) => connection.Output.SendAsync(TextFrame.Of(FrameEncoder.ToUtf8(frame)));

    public void Abort() => connection.Abort();

    /// <summary>False where one chunk of the ring ends and the next begins: two writes wake the client twice, which costs more than the copy.</summary>
    private static bool TryJoin(List<LogEntry> entries, out ReadOnlyMemory<byte> frames)
    {
        MemoryMarshal.TryGetArray(entries[0].Frame, out var first);
        var end = first.Offset + first.Count;
        for (var i = 1; i < entries.Count; i++)
        {
            MemoryMarshal.TryGetArray(entries[i].Frame, out var next);
            if (next.Array != first.Array || next.Offset != end)
            {
                frames = default;
                return false;
            }

            end += next.Count;
        }

        frames = first.Array.AsMemory(first.Offset, end - first.Offset);
        return true;
    }

    private ValueTask SendCopyAsync(List<LogEntry> entries)
    {
        var length = 0;
        foreach (var entry in entries)
        {
            length += entry.Frame.Length;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var at = 0;
        foreach (var entry in entries)
        {
            entry.Frame.Span.CopyTo(buffer.AsSpan(at));
            at += entry.Frame.Length;
        }

        return connection.Output.SendRentedAsync(buffer, buffer.AsMemory(0, length));
    }
}
