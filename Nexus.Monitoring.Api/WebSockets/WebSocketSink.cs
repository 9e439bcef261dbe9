using System.Buffers;
using System.Net.WebSockets;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.WebSockets;

internal sealed class WebSocketSink(WebSocket socket, StreamFormat format) : IStreamSink
{
    private readonly Lock _gate = new();
    private LogEntry? _inFlight;
    private bool _isStopped;

    public string Transport => "websocket";

    public bool HasIntervals => format == StreamFormat.Batch;

    public async ValueTask SendEventsAsync(LogPosition after, LogPosition upto, IReadOnlyList<LogEntry> entries)
    {
        if (format == StreamFormat.Batch)
        {
            var buffer = new ArrayBufferWriter<byte>(SizeOf(entries));
            FrameEncoder.WriteEvents(buffer, after, upto, entries);
            await SendAsync(buffer.WrittenMemory);
            return;
        }

        for (var i = 0; i < entries.Count; i++)
        {
            if (!TryBegin(entries[i]))
            {
                return;
            }

            await SendAsync(entries[i].Json);
        }

        TryBegin(null);
    }

    public ValueTask SendFrameAsync(StreamFrame frame) => SendAsync(FrameEncoder.ToUtf8(frame));

    public LogPosition? Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            return _inFlight?.Position;
        }
    }

    /// <summary>From here on the event counts as sent: a close frame can only follow it. Null when the whole batch is.</summary>
    private bool TryBegin(LogEntry? entry)
    {
        lock (_gate)
        {
            _inFlight = _isStopped ? _inFlight : entry;
            return !_isStopped;
        }
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> utf8) =>
        socket.SendAsync(utf8, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static int SizeOf(IReadOnlyList<LogEntry> entries)
    {
        const int Envelope = 160;
        var size = Envelope;
        for (var i = 0; i < entries.Count; i++)
        {
            size += entries[i].Json.Length + 1;
        }

        return size;
    }
}
