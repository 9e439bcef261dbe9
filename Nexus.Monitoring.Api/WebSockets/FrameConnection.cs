using System.Buffers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Nexus.Monitoring.Api.Handover;
using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.Monitoring.Api.WebSockets;

/// <summary>
/// One upgraded connection. What is sent are frames that are ready to go; a <see cref="WebSocket"/> over the same connection reads, and answers
/// pings and closes.
/// </summary>
internal sealed class FrameConnection : IDisposable
{
    public const string WebSocketTransport = "websocket";

    /// <summary>How long the other side may take for its part of a close; a frozen client never does it.</summary>
    public static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long, and how much, is still read from a client that was sent a close frame for what it said.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(1);

    private const int DrainBytes = 1024 * 1024;

    private readonly Stream _stream;
    private readonly Socket? _direct;
    private readonly Action _abort;
    private readonly WebSocket _socket;
    private readonly TimeProvider _time;
    private bool _hasClientEnded;

    public FrameConnection(Stream stream, Socket? direct, Action abort, TimeProvider time)
    {
        _stream = stream;
        _direct = direct;
        _abort = abort;
        _time = time;
        Output = new FrameOutput(stream, direct);
        _socket = WebSocket.CreateFromStream(
            new FrameStream(stream, Output), new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
    }

    public FrameOutput Output { get; }

    /// <summary>
    /// Answers the handshake of a request of which <c>IsWebSocketRequest</c> is true, and serves the connection: after the request has ended
    /// where that is possible, else within it.
    /// </summary>
    /// <param name="http">The request; nothing of it may be held by <paramref name="serve"/>.</param>
    /// <param name="time">The node's time.</param>
    /// <param name="serve">Serves until the connection ends.</param>
    /// <seealso href="https://www.rfc-editor.org/rfc/rfc6455#section-4.2.2"/>
    public static async Task AcceptAsync(HttpContext http, TimeProvider time, Func<FrameConnection, Task> serve)
    {
        if (http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
        {
            using var tunnel = new FrameConnection(await connect.AcceptAsync(), null, http.Abort, time);
            await serve(tunnel);
            return;
        }

        var headers = http.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = AcceptKey(http.Request.Headers.SecWebSocketKey.ToString());
        // Its answer has left for the socket when it returns: Kestrel is told to hold nothing back (Hosting/KestrelExtensions).
        var stream = await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        if (http.Request.IsHttps || ConnectionHandover.Of(http) is not { } handover)
        {
            using var connection = new FrameConnection(stream, null, http.Abort, time);
            await serve(connection);
            return;
        }

        handover.PassOn(plain =>
        {
            var direct = plain.Features.Get<IConnectionSocketFeature>()?.Socket;
            var connection = new FrameConnection(new DuplexStream(plain.Transport), direct, plain.Abort, time);
            return DisposeAfterAsync(connection, serve(connection));
        });
    }

    /// <summary>A method of its own, so that an idle connection does not hold what it was accepted with.</summary>
    private static async Task DisposeAfterAsync(FrameConnection connection, Task serving)
    {
        using (connection)
        {
            await serving;
        }
    }

    /// <summary>Reads messages until the client closes or breaks the connection.</summary>
    /// <param name="maxBytes">Longest message that is allowed.</param>
    /// <param name="handler">Takes the text messages.</param>
    /// <returns>With which code and reason to close, when the client did what is not allowed.</returns>
    public async Task<(int Code, string Reason)?> ReadAsync(int maxBytes, ITextHandler handler)
    {
        byte[]? buffer = null;
        try
        {
            while (true)
            {
                // Waiting without a buffer: an idle connection holds none.
                var length = 0;
                var result = await _socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
                buffer = ArrayPool<byte>.Shared.Rent(maxBytes + 1);
                while (result.MessageType == WebSocketMessageType.Text && length <= maxBytes)
                {
                    result = await _socket.ReceiveAsync(buffer.AsMemory(length, maxBytes + 1 - length), CancellationToken.None);
                    length += result.Count;
                    if (result.EndOfMessage)
                    {
                        break;
                    }
                }

                if (result.MessageType != WebSocketMessageType.Text || length > maxBytes)
                {
                    _hasClientEnded = result.MessageType == WebSocketMessageType.Close;
                    return Refuse(result.MessageType, maxBytes);
                }

                if (!await handler.HandleAsync(buffer.AsMemory(0, length)))
                {
                    return null;
                }

                ArrayPool<byte>.Shared.Return(buffer);
                buffer = null;
            }
        }
        catch (Exception error) when (IsLost(error))
        {
            return null;
        }
        finally
        {
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>A send that still waits for a frozen client is finished first, or the close frame would land in its middle.</summary>
    public async Task CloseAsync(int code, string reason)
    {
        try
        {
            await _socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, CancellationToken.None).WaitAsync(CloseTimeout, _time);
        }
        catch (Exception error) when (error is TimeoutException || IsLost(error))
        {
            Abort();
        }
    }

    /// <summary>Waits until the client has done its part of the close; one that does not is cut off.</summary>
    public async Task EndAsync(Task reading)
    {
        try
        {
            await reading.WaitAsync(CloseTimeout, _time);
        }
        catch (TimeoutException)
        {
            Abort();
            await reading;
            return;
        }

        if (!_hasClientEnded)
        {
            await DrainAsync();
        }
    }

    public void Abort() => _abort();

    public void Dispose() => _socket.Dispose();

    public static bool IsLost(Exception error) =>
        error is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or SocketException
            or InvalidOperationException { InnerException: SocketException };

    /// <summary>
    /// Ends our side, then reads and forgets what the client still says: for bytes that nobody has read, the system answers with a reset, which
    /// makes the client's system forget the close frame.
    /// </summary>
    private async Task DrainAsync()
    {
        using var deadline = new CancellationTokenSource(DrainTime, _time);
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            _direct?.Shutdown(SocketShutdown.Send);
            for (var left = DrainBytes; left > 0;)
            {
                var count = await _stream.ReadAsync(buffer, deadline.Token);
                if (count == 0)
                {
                    break;
                }

                left -= count;
            }
        }
        catch (Exception error) when (IsLost(error))
        {
            // It is gone, or goes on for too long.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static (int Code, string Reason)? Refuse(WebSocketMessageType type, int maxBytes) => type switch
    {
        WebSocketMessageType.Close => null,
        WebSocketMessageType.Binary => ((int)WebSocketCloseStatus.InvalidMessageType, "Binary message; text is allowed."),
        _ => (CloseCodes.MessageTooBig, $"Message too big; {maxBytes} bytes are allowed."),
    };

    private static string AcceptKey(string key)
    {
        const string Constant = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
#pragma warning disable CA5350 // RFC 6455 asks for SHA-1; nothing is kept secret by it.
        return Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Constant)));
#pragma warning restore CA5350
    }
}
