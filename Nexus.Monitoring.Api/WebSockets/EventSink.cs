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
    /// <summary>Less than this is copied together: a write costs more than a copy of so few bytes.</summary>
    private const int WorthTwoWrites = 16 * 1024;

    public string Transport => FrameConnection.WebSocketTransport;

    public ValueTask SendEventsAsync(LogPosition after, LogPosition upto, List<LogEntry> entries)
    {
        if (entries.Count == 0)
        {
            return default;
        }

        var end = 0;
        var first = Join(entries, ref end);
        if (end == entries.Count)
        {
            return connection.Output.SendAsync(first);
        }

        // Where one chunk of the ring ends and the next begins.
        var second = Join(entries, ref end);
        return end == entries.Count && first.Length + second.Length >= WorthTwoWrites ? SendAsync(first, second) : SendCopyAsync(entries);
    }

    public ValueTask SendFrameAsync(StreamFrame frame) => connection.Output.SendAsync(TextFrame.Of(FrameEncoder.ToUtf8(frame)));

    public void Abort() => connection.Abort();

    /// <summary>The frames from <paramref name="next"/> on that lie side by side, of which it becomes the end.</summary>
    private static ReadOnlyMemory<byte> Join(List<LogEntry> entries, ref int next)
    {
        MemoryMarshal.TryGetArray(entries[next++].Frame, out var first);
        var end = first.Offset + first.Count;
        while (next < entries.Count
            && MemoryMarshal.TryGetArray(entries[next].Frame, out var other)
            && other.Array == first.Array
            && other.Offset == end)
        {
            end += other.Count;
            next++;
        }

        return first.Array.AsMemory(first.Offset, end - first.Offset);
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second)
    {
        var sending = connection.Output.SendAsync(first);
        if (!sending.IsCompletedSuccessfully)
        {
            return SendAfterAsync(sending, second);
        }

        sending.GetAwaiter().GetResult();
        return connection.Output.SendAsync(second);
    }

    private async ValueTask SendAfterAsync(ValueTask sending, ReadOnlyMemory<byte> second)
    {
        await sending;
        await connection.Output.SendAsync(second);
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
