using System.Net.WebSockets;
using System.Text.Json;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>Reads frames from an open socket until it ends.</summary>
internal sealed class WebSocketStreamConnection : IStreamConnection
{
    /// <summary>
    /// Longest message. A node ends a batch once it has some 48 KB, as it is configured by default, but an event has its place in one
    /// whatever its length.
    /// </summary>
    private const int LongestMessage = 64 * 1024 * 1024;

    private readonly WebSocket _socket;
    private readonly Func<StreamFrame, ValueTask> _onFrame;

    public WebSocketStreamConnection(WebSocket socket, Func<StreamFrame, ValueTask> onFrame)
    {
        _socket = socket;
        _onFrame = onFrame;
        Ended = Task.Run(ReadToEndAsync);
    }

    public Task<Exception?> Ended { get; }

    /// <summary>Leaves without a word: whoever comes back does so with his position, and a node that hangs is not waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await Ended.ConfigureAwait(false);
        _socket.Dispose();
    }

    private async Task<Exception?> ReadToEndAsync()
    {
        try
        {
            await ReadAsync().ConfigureAwait(false);
            var reason = _socket.CloseStatusDescription;
            return (int?)_socket.CloseStatus == CloseCodes.BadRequest ? new StreamRefusedException(reason ?? "The node refuses the stream.")
                : reason is { Length: > 0 } ? new WebSocketException(reason)
                : null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return exception;
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        for (var length = 0; ;)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                await TakeAsync(buffer.AsMemory(0, length)).ConfigureAwait(false);
                length = 0;
            }
            else if (length == buffer.Length)
            {
                if (length >= LongestMessage)
                {
                    throw new WebSocketException($"The node sent a message of more than {LongestMessage} bytes.");
                }

                Array.Resize(ref buffer, length * 2);
            }
        }
    }

    /// <summary>A frame of a type that this version does not know says nothing.</summary>
    private ValueTask TakeAsync(ReadOnlyMemory<byte> json)
    {
        var frame = JsonSerializer.Deserialize(json.Span, MonitoringJson.Context.StreamFrame);
        return frame is not null && frame.GetType() != typeof(StreamFrame) ? _onFrame(frame) : default;
    }
}
