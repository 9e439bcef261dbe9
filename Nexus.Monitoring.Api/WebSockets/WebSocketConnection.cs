using System.Buffers;
using System.Net.WebSockets;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Telemetry;
using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.Monitoring.Api.WebSockets;

/// <summary>One accepted socket: its session sends, this class listens, and whoever ends first ends both.</summary>
internal sealed class WebSocketConnection(
    WebSocket socket, StreamSession session, MonitoringApiOptions options, ApiMetrics metrics, TimeProvider time)
{
    /// <summary>How long the other side may take for its part of a close; a frozen client never does it.</summary>
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private (int Code, string Reason)? _refusal;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var listening = ListenAsync(cancellationToken);
        try
        {
            var end = await session.RunAsync(cancellationToken);
            var (code, reason) = end switch
            {
                SessionEnd.ShuttingDown => (CloseCodes.GoingAway, $"Shutting down; come back with cursor={session.Position}"),
                SessionEnd.Stalled => (CloseCodes.SlowConsumer, $"Slow consumer; come back with cursor={session.Position}"),
                _ => _refusal ?? ((int)WebSocketCloseStatus.NormalClosure, ""),
            };
            await CloseAsync(code, reason);
        }
        catch (Exception error) when (IsLost(error))
        {
            // The connection broke; the client comes back with its cursor.
        }
        finally
        {
            await EndListeningAsync(listening);
        }
    }

    private async Task EndListeningAsync(Task listening)
    {
        try
        {
            await listening.WaitAsync(CloseTimeout, time);
        }
        catch (TimeoutException)
        {
            socket.Abort();
            await listening;
        }
    }

    /// <summary>A send that still waits for a frozen client is finished first, or the close frame would land in its middle.</summary>
    private async Task CloseAsync(int code, string reason)
    {
        try
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, CancellationToken.None).WaitAsync(CloseTimeout, time);
        }
        catch (TimeoutException)
        {
            socket.Abort();
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        byte[]? buffer = null;
        try
        {
            while (true)
            {
                // Waiting without a buffer: an idle connection holds none.
                var length = 0;
                var result = await socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
                buffer ??= ArrayPool<byte>.Shared.Rent(options.MaxClientMessageBytes + 1);
                while (result.MessageType == WebSocketMessageType.Text && length <= options.MaxClientMessageBytes)
                {
                    result = await socket.ReceiveAsync(buffer.AsMemory(length, options.MaxClientMessageBytes + 1 - length), cancellationToken);
                    length += result.Count;
                    if (result.EndOfMessage)
                    {
                        break;
                    }
                }

                if (result.MessageType != WebSocketMessageType.Text || length > options.MaxClientMessageBytes)
                {
                    _refusal = Refuse(result.MessageType);
                    return;
                }

                await HandleAsync(buffer.AsMemory(0, length));
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = null;
            }
        }
        catch (Exception error) when (IsLost(error))
        {
            // The session ends below.
        }
        finally
        {
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            session.End();
        }
    }

    private async Task HandleAsync(ReadOnlyMemory<byte> message)
    {
        if (ClientMessageReader.Read(message) is { } command)
        {
            await session.Inbox.PostAsync(command);
        }
        else
        {
            metrics.MessageIgnored();
        }
    }

    private (int Code, string Reason)? Refuse(WebSocketMessageType type) => type switch
    {
        WebSocketMessageType.Close => null,
        WebSocketMessageType.Binary => ((int)WebSocketCloseStatus.InvalidMessageType, "Binary message; text is allowed."),
        _ => (CloseCodes.MessageTooBig, $"Message too big; {options.MaxClientMessageBytes} bytes are allowed."),
    };

    private static bool IsLost(Exception error) =>
        error is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException;
}
