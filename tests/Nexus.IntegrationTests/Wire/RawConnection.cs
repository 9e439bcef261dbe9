using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nexus.IntegrationTests.Wire;

/// <summary>A socket on which a test says exactly what it wants, and hears exactly what is answered.</summary>
public sealed class RawConnection : IDisposable
{
    public const string Handshake =
        "GET /ws/monitoring?format=batch&project_id=nobody HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource _deadline = new(Deadline);
    private byte[] _received = new byte[64 * 1024];
    private int _length;

    public static async Task<RawConnection> OpenAsync(int port)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, port, connection._deadline.Token);
        return connection;
    }

    /// <summary>Connects and upgrades; what follows are frames.</summary>
    public static async Task<RawConnection> UpgradeAsync(int port)
    {
        var connection = await OpenAsync(port);
        await connection.SendAsync(Encoding.ASCII.GetBytes(Handshake));
        Assert.StartsWith("HTTP/1.1 101 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        return connection;
    }

    /// <summary>A server that has heard enough may close while we still speak.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await _socket.SendAsync(bytes, _deadline.Token)..];
            }
        }
        catch (SocketException)
        {
            // What it said before is still to be read.
        }
    }

    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>The head of an HTTP answer; empty when the connection ended without one.</summary>
    public async Task<string> ReadHeadAsync()
    {
        int end;
        while ((end = _received.AsSpan(0, _length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await ReceiveAsync())
            {
                return "";
            }
        }

        var head = Encoding.ASCII.GetString(_received, 0, end);
        Drop(end + 4);
        return head;
    }

    /// <summary>The answer's JSON object, which has no other in it; what there was when the connection ended without one.</summary>
    public async Task<string> ReadObjectAsync()
    {
        while (_received.AsSpan(0, _length).IndexOf((byte)'}') < 0 && await ReceiveAsync())
        {
        }

        return Encoding.UTF8.GetString(_received, 0, _length);
    }

    /// <summary>The next frame; null when the connection ended.</summary>
    public async Task<RawFrame?> ReadFrameAsync()
    {
        while (true)
        {
            if (TryParse() is { } frame)
            {
                return frame;
            }

            if (!await ReceiveAsync())
            {
                return null;
            }
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _deadline.Dispose();
    }

    private RawFrame? TryParse()
    {
        if (_length < 2)
        {
            return null;
        }

        var (header, length) = (_received[1] & 0x7F) switch
        {
            126 when _length >= 4 => (4, (int)BinaryPrimitives.ReadUInt16BigEndian(_received.AsSpan(2))),
            127 when _length >= 10 => (10, (int)BinaryPrimitives.ReadUInt64BigEndian(_received.AsSpan(2))),
            126 or 127 => (int.MaxValue / 2, 0),
            var small => (2, small),
        };
        Assert.True((_received[1] & 0x80) == 0, "A server must not mask its frames.");
        if (_length < header + length)
        {
            return null;
        }

        var frame = new RawFrame(_received[0] & 0x0F, _received.AsSpan(header, length).ToArray());
        Drop(header + length);
        return frame;
    }

    private async Task<bool> ReceiveAsync()
    {
        if (_length == _received.Length)
        {
            Array.Resize(ref _received, _received.Length * 2);
        }

        try
        {
            var count = await _socket.ReceiveAsync(_received.AsMemory(_length), _deadline.Token);
            _length += count;
            return count > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Drop(int count)
    {
        _received.AsSpan(count, _length - count).CopyTo(_received);
        _length -= count;
    }
}
