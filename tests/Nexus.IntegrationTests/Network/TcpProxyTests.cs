using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Nexus.Testing.Network;

namespace Nexus.IntegrationTests.Network;

public sealed class TcpProxyTests : IAsyncLifetime
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private TcpProxy _proxy = null!;
    private Socket _client = null!;
    private Socket _accepted = null!;

    public async ValueTask InitializeAsync()
    {
        _server.Start();
        _proxy = TcpProxy.Start(((IPEndPoint)_server.LocalEndpoint).Port);
        (_client, _accepted) = await ConnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _accepted.Dispose();
        await _proxy.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task Carry_BothWays_ChangesNothing()
    {
        await _client.SendAsync("question"u8.ToArray());
        Assert.Equal("question", Encoding.ASCII.GetString(await ReceiveAsync(_accepted, 8)));
        await _accepted.SendAsync("answer"u8.ToArray());
        Assert.Equal("answer", Encoding.ASCII.GetString(await ReceiveAsync(_client, 6)));
    }

    [Fact]
    public async Task Slice_OneByte_ArrivesInPiecesAndWhole()
    {
        _proxy.ToClient.LongestSlice = 1;
        var sent = new byte[5_000];
        Random.Shared.NextBytes(sent);

        await _accepted.SendAsync(sent);

        Assert.Equal(sent, await ReceiveAsync(_client, sent.Length));
    }

    [Fact]
    public async Task Delay_HoldsWhatIsSent()
    {
        _proxy.ToClient.Delay = TimeSpan.FromMilliseconds(200);
        var started = Stopwatch.GetTimestamp();

        await _accepted.SendAsync("late"u8.ToArray());
        await ReceiveAsync(_client, 4);

        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(195));
    }

    [Fact]
    public async Task Pause_StopsTheSenderUntilResumed()
    {
        _proxy.ToClient.Pause();
        var sent = new byte[32 * 1024 * 1024];
        var sending = _accepted.SendAsync(sent);
        await Assert.ThrowsAsync<TimeoutException>(() => sending.WaitAsync(TimeSpan.FromMilliseconds(300)));

        _proxy.ToClient.Resume();
        Assert.Equal(sent.Length, (await ReceiveAsync(_client, sent.Length)).Length);
        await sending;
    }

    [Fact]
    public async Task Cut_BothSidesNotice_AndTheNextConnectionWorks()
    {
        _proxy.Cut();

        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(_client, 1));
        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(_accepted, 1));
        var (client, accepted) = await ConnectAsync();
        using (client)
        using (accepted)
        {
            await client.SendAsync("again"u8.ToArray());
            Assert.Equal("again", Encoding.ASCII.GetString(await ReceiveAsync(accepted, 5)));
        }
    }

    [Fact]
    public async Task Shutdown_OfOneSide_LeavesTheOtherOpen()
    {
        _client.Shutdown(SocketShutdown.Send);
        Assert.Empty(await ReceiveAsync(_accepted, 1));

        await _accepted.SendAsync("still here"u8.ToArray());
        Assert.Equal("still here", Encoding.ASCII.GetString(await ReceiveAsync(_client, 10)));
    }

    [Fact]
    public async Task IsDown_RefusesNewConnections()
    {
        _proxy.IsDown = true;
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, _proxy.Port);

        Assert.Empty(await ReceiveAsync(client, 1));
    }

    /// <summary>As many bytes; fewer when the other side ends.</summary>
    private static async Task<byte[]> ReceiveAsync(Socket socket, int count)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        var buffer = new byte[count];
        var length = 0;
        while (length < count && await socket.ReceiveAsync(buffer.AsMemory(length), deadline.Token) is > 0 and var more)
        {
            length += more;
        }

        return buffer[..length];
    }

    private async Task<(Socket Client, Socket Accepted)> ConnectAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, _proxy.Port);
        return (client, await _server.AcceptSocketAsync());
    }
}
