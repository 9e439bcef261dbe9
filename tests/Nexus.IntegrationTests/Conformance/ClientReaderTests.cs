using Nexus.IntegrationTests.Fixtures;
using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Testing.Network;

namespace Nexus.IntegrationTests.Conformance;

/// <summary>The client library's reader, which comes back by itself, against real nodes over a bad network.</summary>
public sealed class ClientReaderTests(SharedStack shared)
{
    private const int Cuts = 6;

    private readonly string _project = shared.NewProject();

    [Theory]
    [InlineData(StreamTransport.SignalR)]
    [InlineData(StreamTransport.WebSocket)]
    public async Task Read_NetworkCutAndOtherNodes_MissesNothingAndChains(StreamTransport transport)
    {
        Assert.SkipUnless(shared.Stack is not null, RedisServerProcess.WhyMissing);
        await using var network = TcpProxy.Start(shared.First.Port);
        var node = new Uri($"http://127.0.0.1:{network.Port}");
        Assert.True(FilterParser.TryCreate([_project], null, null, false, "\"as asked\" task:t*", out var filter, out _));
        await using var all = new LibraryReader(node, transport);
        await using var some = new LibraryReader(node, transport, filter);
        await Task.WhenAll(all.HasBegunAsync(), some.HasBegunAsync());

        for (var cut = 1; cut <= Cuts; cut++)
        {
            shared.Stack.Producer.Publish(EventTypes.TaskStarted, 200, _project, "as asked");
            shared.Stack.Producer.Publish(EventTypes.TaskStarted, 50, _project, "as nobody asked");
            await Eventually.IsTrueAsync(() => some.Journal.Count > 200 * (cut - 1), "events arrive");
            network.TargetPort = cut % 2 == 0 ? shared.First.Port : shared.Second.Port;
            network.Cut();
            await Eventually.IsTrueAsync(
                () =>
                {
                    all.TryNow();
                    some.TryNow();
                    return network.Accepted >= 2 * (cut + 1);
                },
                "both come back");
        }

        await shared.Stack.ProveAsync(all.Journal, some.Journal);
        Assert.Equal(200 * Cuts, some.Journal.Count);
        Assert.Empty(all.Journal.Gaps.Concat(some.Journal.Gaps));
    }

    /// <summary>By minutes ahead, the request itself is refused; by less, the stream is, once the log was asked. The program learns it either way.</summary>
    [Theory]
    [InlineData(StreamTransport.SignalR, 3600)]
    [InlineData(StreamTransport.WebSocket, 3600)]
    [InlineData(StreamTransport.SignalR, 40)]
    [InlineData(StreamTransport.WebSocket, 40)]
    public async Task Read_CursorThatLiesInTheFuture_IsRefusedWithTheNodesSentence(StreamTransport transport, int secondsAhead)
    {
        Assert.SkipUnless(shared.Stack is not null, RedisServerProcess.WhyMissing);
        var cursor = LogPosition.At(DateTimeOffset.UtcNow.AddSeconds(secondsAhead));
        await using var reader = new LibraryReader(shared.First, transport, cursor: cursor);

        var refused = await Assert.ThrowsAsync<StreamRefusedException>(() => reader.Reading.WaitAsync(Eventually.DefaultDeadline));

        Assert.Contains(cursor.ToString(), refused.Message, StringComparison.Ordinal);
    }
}
