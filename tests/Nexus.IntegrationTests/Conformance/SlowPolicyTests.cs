using Nexus.IntegrationTests.Fixtures;
using Nexus.IntegrationTests.Transports;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Testing.Network;

namespace Nexus.IntegrationTests.Conformance;

/// <summary>What a reader is owed that falls behind, the same over every transport: each of them freezes, then wakes up.</summary>
public sealed class SlowPolicyTests
{
    private const string Project = "atlas";
    private const int Events = 3_000;

    [Fact]
    public async Task CatchUp_MissesNothingOnItsOneConnection()
    {
        await using var stage = await Stage.OpenAsync("catch-up");

        await stage.FreezeAndThawAsync();

        await stage.Stack.ProveAsync(stage.Readers);
        Assert.All(stage.Readers, reader => Assert.Equal(1, reader.Connections));
        Assert.All(stage.Readers, reader => Assert.Equal(Events, reader.Journal.Count));
        Assert.Empty(stage.Readers.SelectMany(reader => reader.Journal.Gaps));
    }

    [Fact]
    public async Task Skip_IsToldWhatItMissesAndGoesOnLiveOnItsOneConnection()
    {
        await using var stage = await Stage.OpenAsync("skip");

        await stage.FreezeAndThawAsync();
        foreach (var reader in stage.Readers)
        {
            await Eventually.IsTrueAsync(() => reader.Journal.Gaps.Any(), $"{reader.Journal} is told");
        }

        stage.Stack.Producer.Publish(EventTypes.TaskStarted, 5, Project);
        await stage.Stack.ProveAsync(stage.Readers);
        Assert.All(stage.Readers, reader => Assert.Equal(1, reader.Connections));
        Assert.All(stage.Readers, reader => Assert.True(reader.Journal.Count < Events));
        Assert.All(stage.Readers.SelectMany(reader => reader.Journal.Gaps), gap => Assert.Equal(GapReasons.SlowConsumer, gap.Reason));
    }

    [Fact]
    public async Task Disconnect_EndsTheConnection_AndTheCursorMissesNothing()
    {
        await using var stage = await Stage.OpenAsync("disconnect");

        await stage.FreezeAndThawAsync();
        foreach (var reader in stage.Readers)
        {
            var end = await reader.Ended.WaitAsync(Eventually.DefaultDeadline);
            if (end.Code is { } code)
            {
                Assert.Equal((4001, $"Slow consumer; come back with cursor={reader.Journal.Cursor}"), (code, end.Reason));
            }

            await reader.CloseAsync();
            await reader.OpenAsync(stage.Stack.Node(0));
        }

        await stage.Stack.ProveAsync(stage.Readers);
        Assert.All(stage.Readers, reader => Assert.Equal(Events, reader.Journal.Count));
        Assert.Empty(stage.Readers.SelectMany(reader => reader.Journal.Gaps));
    }

    /// <summary>A node, behind a proxy one reader of each transport, and a reader beside it that tells how far the node is.</summary>
    private sealed class Stage(Stack stack, TcpProxy network, IReadOnlyList<Subscriber> readers, Subscriber beside) : IAsyncDisposable
    {
        /// <summary>Thirty times this many bytes are more than the buffers on the way hold.</summary>
        private static readonly string Big = new('x', 8_000);

        public Stack Stack => stack;

        public IReadOnlyList<Subscriber> Readers => readers;

        public static async Task<Stage> OpenAsync(string policy)
        {
            var stack = await Stack.StartAsync([("Monitoring__SlowConsumerEvents", "200")]);
            var network = TcpProxy.Start(stack.Node(0).Port);
            var readers = StreamTransports.All.Select(transport => new Subscriber(transport.WhenSlow(policy), Project)).ToList();
            var node = new Uri($"http://127.0.0.1:{network.Port}");
            await Task.WhenAll(readers.Select(reader => reader.OpenAsync(node)));
            var beside = new Subscriber(StreamTransports.WebSocketBatch, Project);
            await beside.OpenAsync(stack.Node(0));
            return new Stage(stack, network, readers, beside);
        }

        public async Task FreezeAndThawAsync()
        {
            network.ToClient.Pause();
            for (var sent = 0; sent < Events; sent += 100)
            {
                stack.Producer.Publish(EventTypes.TaskCompleted, 100, Project, Big);
                await stack.Producer.FlushAsync();
            }

            await beside.ReachesAsync(stack.Ledger.Last(beside.Journal.Filter));
            network.ToClient.Resume();
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var reader in readers.Append(beside))
            {
                await reader.DisposeAsync();
            }

            await network.DisposeAsync();
            await stack.DisposeAsync();
        }
    }
}
