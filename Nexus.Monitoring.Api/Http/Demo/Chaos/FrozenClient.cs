using System.Globalization;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Http.Demo.Chaos;

/// <summary>
/// A client like any other, over a real connection to this node: it asks for the whole log, reads a little, takes nothing for a while, and
/// then reads on to the end, or to where the node has given it up. Used once.
/// </summary>
internal sealed class FrozenClient(IServer server, LogFeed feed, TimeProvider time)
{
    /// <summary>Small, so that the node soon cannot write any more.</summary>
    private const int ReceiveBytes = 8 * 1024;

    private const int EventsBefore = 10;
    private const int LongestMessage = 1024 * 1024 + 4_096;

    private static readonly TimeSpan LongestThaw = TimeSpan.FromSeconds(30);

    private long _events;
    private long _gaps;
    private LogPosition _read;

    /// <returns>What it saw, in a sentence.</returns>
    public async Task<string> RunAsync(TimeSpan frozen, CancellationToken thaw)
    {
        try
        {
            using var client = new ClientWebSocket();
            using var handler = new SocketsHttpHandler { ConnectCallback = (context, cancel) => NarrowSocket.ConnectAsync(context, ReceiveBytes, cancel) };
            using var invoker = new HttpMessageInvoker(handler);
            using var patience = new CancellationTokenSource(frozen + LongestThaw, time);
            await client.ConnectAsync(Address(), invoker, patience.Token);
            await ReadAsync(client, () => _events >= EventsBefore, patience.Token);
            var before = _events;
            var began = time.GetTimestamp();
            await Task.Delay(frozen, time, thaw).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var stood = time.GetElapsedTime(began);
            var end = await ReadOnAsync(client, patience.Token);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Read {before} events, took nothing for {stood.TotalSeconds:0.#} s, then read {_events - before} more and was told of {_gaps} gaps; {end}.");
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            return $"There was no connection to freeze: {problem.Message}";
        }
    }

    private async Task<string> ReadOnAsync(ClientWebSocket client, CancellationToken cancellationToken)
    {
        var head = feed.Ring.Head.Position;
        try
        {
            await ReadAsync(client, () => _read >= head, cancellationToken);
            return _read >= head
                ? "it is where the log is"
                : string.Create(CultureInfo.InvariantCulture, $"the node had closed it: {(int?)client.CloseStatus} {client.CloseStatusDescription}");
        }
        catch (WebSocketException)
        {
            return $"the node had given it up; it would come back with cursor={_read}";
        }
        catch (OperationCanceledException)
        {
            return "it was still catching up";
        }
    }

    private async Task ReadAsync(ClientWebSocket client, Func<bool> isEnough, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestMessage];
        var length = 0;
        while (!isEnough() && client.State == WebSocketState.Open)
        {
            var part = await client.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            length += part.Count;
            if (part.EndOfMessage)
            {
                Take(buffer.AsSpan(0, length));
                length = 0;
            }
        }
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        if (EventJson.TryRead(message, out var e, out _))
        {
            _events++;
            _read = LogPosition.TryParse(e.Cursor, out var position) ? position : _read;
        }
        else
        {
            _gaps += message.StartsWith("{\"type\":\"gap\""u8) ? 1 : 0;
        }
    }

    private Uri Address()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()!.Addresses.Select(BindingAddress.Parse);
        var own = addresses.First(address => address.Scheme == Uri.UriSchemeHttp);
        var host = own.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : own.Host;
        return new UriBuilder("ws", host, own.Port, "/ws/monitoring", $"?cursor={LogPosition.Start}").Uri;
    }
}
