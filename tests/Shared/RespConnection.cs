using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nexus.Testing;

/// <summary>Speaks the Redis protocol without a client library, for tests about the exact bytes of a reply.</summary>
public sealed class RespConnection : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly BufferedStream _buffer;

    private RespConnection(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _buffer = new BufferedStream(_stream);
    }

    public static async Task<RespConnection> OpenAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RespConnection(socket);
    }

    /// <summary>Sends a command whose arguments hold no spaces and returns the whole reply as it came.</summary>
    public Task<string> CallAsync(string command) => CallAsync(command.Split(' '));

    public async Task<string> CallAsync(params string[] command)
    {
        await SendAsync(command);
        return await ReadReplyAsync();
    }

    public async Task SendAsync(params string[] command)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{command.Length}\r\n");
        foreach (var argument in command)
        {
            text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(argument)}\r\n{argument}\r\n");
        }

        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()));
    }

    public async Task<string> ReadReplyAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        var reply = new List<byte>();
        await ReadValueAsync(reply, deadline.Token);
        return Encoding.UTF8.GetString([.. reply]);
    }

    public async ValueTask DisposeAsync()
    {
        await _buffer.DisposeAsync();
        await _stream.DisposeAsync();
        _socket.Dispose();
    }

    private async Task ReadValueAsync(List<byte> reply, CancellationToken cancellation)
    {
        var line = await ReadLineAsync(reply, cancellation);
        var length = line[0] is '$' or '=' or '*' or '%' or '~' or '>' ? int.Parse(line[1..], CultureInfo.InvariantCulture) : 0;
        switch (line[0])
        {
            case '$' or '=' when length >= 0:
                var bulk = new byte[length + 2];
                await _buffer.ReadExactlyAsync(bulk, cancellation);
                reply.AddRange(bulk);
                break;
            case '*' or '~' or '>' or '%':
                for (var items = line[0] == '%' ? length * 2 : length; items > 0; items--)
                {
                    await ReadValueAsync(reply, cancellation);
                }

                break;
        }
    }

    private async Task<string> ReadLineAsync(List<byte> reply, CancellationToken cancellation)
    {
        var start = reply.Count;
        var one = new byte[1];
        while (reply.Count - start < 2 || reply[^1] != '\n')
        {
            await _buffer.ReadExactlyAsync(one, cancellation);
            reply.Add(one[0]);
        }

        return Encoding.UTF8.GetString([.. reply[start..^2]]);
    }
}
