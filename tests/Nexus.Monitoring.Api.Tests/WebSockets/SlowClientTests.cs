using System.Diagnostics.Metrics;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Nexus.Monitoring.Api.Telemetry;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.WebSockets;

public sealed class SlowClientTests
{
    [Fact]
    public async Task ClientThatNeverReads_IsClosed_OthersMissNothing()
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:StallTimeout", "00:00:01"));
        using var frozen = await FrozenSocket.OpenAsync(api);
        await using var other = await api.ConnectAsync();
        await other.ReceivesSnapshotAsync();

        // More than the sockets' buffers of both sides hold.
        var positions = new List<LogPosition>();
        var big = new string('x', 9000);
        for (var i = 0; i < 2000; i++)
        {
            positions.Add(api.Log.Append(Sample.Event() with { Message = big }));
        }

        Assert.Equal(positions, await other.ReceivesEventsAsync(positions.Count));
        await Eventually.IsTrueAsync(() => IsCut(frozen), "the frozen client is cut off");
        var last = api.Log.Append(Sample.Event());
        Assert.Equal([last], await other.ReceivesEventsAsync(1));
    }

    /// <summary>A client that wakes up in time reads that it was too slow, and where to go on.</summary>
    [Fact]
    public async Task ClientThatWakesUp_Reads4001WithItsCursor()
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:StallTimeout", "00:00:00.500"));
        using var stalled = new MetricCollector<long>(
            api.Services.GetRequiredService<IMeterFactory>(), ApiMetrics.MeterName, "nexus.monitoring.stalled");
        await using var client = await api.ConnectAsync();
        var snapshot = await client.ReceivesSnapshotAsync();
        var after = LogPosition.Parse(snapshot.GetProperty("cursor").GetString()!);
        var big = new string('x', 9000);
        for (var i = 0; i < 2000; i++)
        {
            api.Log.Append(Sample.Event() with { Message = big });
        }

        await Eventually.IsTrueAsync(() => stalled.GetMeasurementSnapshot().Count == 1, "the client is found to be too slow");
        var last = after;
        while (await client.NextAsync() is { } message)
        {
            last = LogPosition.Parse(message.GetProperty("cursor").GetString()!);
        }

        Assert.Equal(4001, (int)client.CloseStatus!.Value);
        var cursor = LogPosition.Parse(client.CloseReason!.Split("cursor=")[1]);
        Assert.Equal(last, cursor);
    }

    /// <summary>Whether the other side has ended the connection; found out by writing, because reading would thaw the client.</summary>
    private static bool IsCut(Socket socket)
    {
        try
        {
            // A masked, empty pong: what a client may send at any time.
            socket.Send([0x8A, 0x80, 0, 0, 0, 0]);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
