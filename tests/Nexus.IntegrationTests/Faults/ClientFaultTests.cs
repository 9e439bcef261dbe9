using Nexus.IntegrationTests.Fixtures;
using Nexus.IntegrationTests.Transports;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Testing.Network;

namespace Nexus.IntegrationTests.Faults;

/// <summary>Clients that freeze, that are far away, that come too late.</summary>
public sealed class ClientFaultTests
{
    private const string Project = "atlas";

    [Fact]
    public async Task Frozen_AreClosedAfterTheStall_OthersNoticeNothing_AndTheyGoOnWhenTheyWakeUp()
    {
        await using var stack = await Stack.StartAsync([("Monitoring__StallTimeout", "00:00:02")]);
        await using var network = TcpProxy.Start(stack.Node(0).Port);
        var others = await Stack.FollowAllAsync(Project, stack.Node(0));
        var frozen = await Stack.FollowAllAsync(Project, new Uri($"http://127.0.0.1:{network.Port}"));
        try
        {
            // A node that has just started has some of its own for a moment.
            await Eventually.IsTrueAsync(async () => await stack.Nodes[0].OpenStreamsAsync() == others.Count + frozen.Count, "all streams are open");
            network.ToClient.Pause();

            // More than the buffers on the way hold.
            var big = new string('x', 8_000);
            for (var round = 0; round < 30; round++)
            {
                stack.Producer.Publish(EventTypes.TaskCompleted, 100, Project, big);
                await stack.Producer.FlushAsync();
            }

            await stack.ProveAsync(others);
            Assert.All(others, reader => Assert.Equal(1, reader.Connections));
            await Eventually.IsTrueAsync(
                async () => await stack.Nodes[0].OpenStreamsAsync() == others.Count, "the frozen clients are closed", TimeSpan.FromSeconds(30));
            network.ToClient.Resume();
            await stack.ProveAsync([.. others, .. frozen]);
            Assert.All(frozen, reader => Assert.True(reader.Connections > 1));
        }
        finally
        {
            await DisposeAsync(others.Concat(frozen));
        }
    }

    [Fact]
    public async Task FarAwayAndInPieces_MissNothing()
    {
        await using var stack = await Stack.StartAsync([[]]);
        await using var network = TcpProxy.Start(stack.Node(0).Port);
        network.ToClient.LongestSlice = 700;
        network.ToClient.Delay = TimeSpan.FromMilliseconds(5);
        network.ToServer.LongestSlice = 1;
        var readers = await Stack.FollowAllAsync(Project, new Uri($"http://127.0.0.1:{network.Port}"));
        try
        {
            using var stop = new CancellationTokenSource();
            var load = stack.Producer.PublishSteadilyAsync(EventTypes.TaskCompleted, 500, stop.Token, Project, "radar");
            for (var cut = 0; cut < 3; cut++)
            {
                await Task.Delay(500);
                network.Cut();
            }

            network.ToClient.LongestSlice = 1;
            await Task.Delay(500);
            await stop.CancelAsync();
            await load;
            network.ToClient.LongestSlice = 700;
            await stack.ProveAsync(readers);
            Assert.Empty(readers.SelectMany(reader => reader.Journal.Gaps));
        }
        finally
        {
            await DisposeAsync(readers);
        }
    }

    /// <summary>The log keeps about a thousand entries, the node a few; what is older is named, whatever the transport.</summary>
    [Fact]
    public async Task OlderThanWhatIsKept_IsAGap()
    {
        await using var stack = await Stack.StartWithAsync([new("Monitoring:LogMaxLength", "1000")], [("Monitoring__RingEvents", "16")]);
        stack.Producer.Publish(EventTypes.TaskCompleted, 10, Project);
        await stack.Producer.FlushAsync();
        var cursor = stack.Ledger.Last(EventFilter.All);
        stack.Producer.Publish(EventTypes.TaskCompleted, 3_000, Project);
        await stack.Producer.FlushAsync();
        await ComesToTheEndAsync(stack);
        var readers = StreamTransports.All.SelectMany(transport => new[] { new Subscriber(transport), new Subscriber(transport, Project) }).ToList();
        try
        {
            await Task.WhenAll(readers.Select(reader => reader.OpenAsync(stack.Node(0), cursor)));
            await stack.ProveAsync(readers);
            Assert.All(readers, reader =>
            {
                // The event that proves the end may itself cut off what a reader has not come to yet: then there is another gap
                Assert.Equal(cursor, reader.Journal.Gaps.First().After);
                Assert.All(reader.Journal.Gaps, gap => Assert.Equal(GapReasons.Retention, gap.Reason));
                Assert.InRange(reader.Journal.Count, 500, 2_000);
            });
        }
        finally
        {
            await DisposeAsync(readers);
        }
    }

    /// <summary>The same where the node has a history: what the log let go of comes from there, over every transport.</summary>
    [Fact]
    public async Task OlderThanTheLogKeeps_ComesFromTheHistory()
    {
        var folder = Directory.CreateTempSubdirectory("nexus-older-");
        var stack = await Stack.StartWithAsync(
            [new("Monitoring:LogMaxLength", "1000")],
            [
                ("Monitoring__RingEvents", "16"), ("Monitoring__History__Path", Path.Combine(folder.FullName, "events.duckdb")),
                ("Monitoring__History__CommitInterval", "00:00:00.1"),
            ]);
        var readers = StreamTransports.All.SelectMany(transport => new[] { new Subscriber(transport), new Subscriber(transport, Project) }).ToList();
        try
        {
            stack.Producer.Publish(EventTypes.TaskCompleted, 10, Project);
            await stack.Producer.FlushAsync();
            var cursor = stack.Ledger.Last(EventFilter.All);
            await using var writer = new Subscriber(StreamTransports.WebSocketBatch);
            await writer.OpenAsync(stack.Node(0));
            for (var round = 0; round < 30; round++)
            {
                stack.Producer.Publish(EventTypes.TaskCompleted, 100, Project);
                await stack.Producer.FlushAsync();
                await writer.ReachesAsync(stack.Ledger.Last(EventFilter.All));
            }

            await Task.WhenAll(readers.Select(reader => reader.OpenAsync(stack.Node(0), cursor)));
            await stack.ProveAsync(readers);
            Assert.All(readers, reader => Assert.Equal(3_000, reader.Journal.Count));
            Assert.Empty(readers.SelectMany(reader => reader.Journal.Gaps));
        }
        finally
        {
            await DisposeAsync(readers);
            await stack.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A node that is still reading has the beginning of what the log let go of in its ring, and hands that out.</summary>
    private static async Task ComesToTheEndAsync(Stack stack)
    {
        await using var follower = new Subscriber(StreamTransports.WebSocketBatch);
        await follower.OpenAsync(stack.Node(0));
        stack.Producer.Publish(EventTypes.TaskCompleted, 1, Project);
        await stack.Producer.FlushAsync();
        await follower.ReachesAsync(stack.Ledger.Last(EventFilter.All));
    }

    private static async Task DisposeAsync(IEnumerable<Subscriber> readers)
    {
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }
}
