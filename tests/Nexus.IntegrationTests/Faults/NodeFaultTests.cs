using Nexus.IntegrationTests.Fixtures;
using Nexus.IntegrationTests.Transports;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using StreamTransport = Nexus.Monitoring.Client.Reading.StreamTransport;

namespace Nexus.IntegrationTests.Faults;

/// <summary>A node dies or stops under load; its clients go on at another one, or at the same one when it is back.</summary>
public sealed class NodeFaultTests(TwoNodes world) : IClassFixture<TwoNodes>, IAsyncLifetime
{
    private const string Project = "atlas";
    private const int EventsPerSecond = 500;

    private readonly CancellationTokenSource _stopping = new();
    private readonly Stack _stack = world.Stack;
    private IReadOnlyList<Subscriber> _readers = [];
    private Task _load = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        _readers = await Stack.FollowAllAsync(Project, _stack.Node(0), _stack.Node(1));
        _load = _stack.Producer.PublishSteadilyAsync(EventTypes.TaskEnqueued, EventsPerSecond, _stopping.Token, Project, "radar");
        await EveryoneReceivesMoreAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _load;
        foreach (var reader in _readers)
        {
            await reader.DisposeAsync();
        }

        await Task.WhenAll(_stack?.Nodes.Where(node => !node.IsRunning).Select(node => node.StartAsync()) ?? []);
        _stopping.Dispose();
    }

    [Fact]
    public async Task Killed_ClientsGoOnAtTheOtherNode()
    {
        await _stack.Nodes[0].KillAsync();
        await ProveAsync();
    }

    [Fact]
    public async Task KilledBoth_ClientsGoOnWhenTheyAreBack()
    {
        await using var hub = new LibraryReader(_stack.Node(0), StreamTransport.SignalR);
        await using var socket = new LibraryReader(_stack.Node(1), StreamTransport.WebSocket);
        await Task.WhenAll(hub.HasBegunAsync(), socket.HasBegunAsync());
        await _stack.Nodes[0].KillAsync();
        await _stack.Nodes[1].KillAsync();
        await Task.WhenAll(_stack.Nodes.Select(node => node.StartAsync()));
        hub.TryNow();
        socket.TryNow();
        await ProveAsync();
        await _stack.ProveAsync(hub.Journal, socket.Journal);
        Assert.Empty(hub.Journal.Gaps.Concat(socket.Journal.Gaps));
    }

    [Fact]
    public async Task Terminated_ClientsAreSentWhatThereIsAndGoOnAtTheOtherNode()
    {
        await using var events = new Subscriber(StreamTransports.WebSocketEvents);
        await using var batch = new Subscriber(StreamTransports.WebSocketBatch);
        await events.OpenAsync(_stack.Node(0));
        await batch.OpenAsync(_stack.Node(0));

        Assert.Equal(0, await _stack.Nodes[0].StopAsync());

        foreach (var socket in new[] { events, batch })
        {
            var end = await socket.Ended.WaitAsync(Eventually.DefaultDeadline);
            Assert.Equal(CloseCodes.GoingAway, end.Code);
            var cursor = LogPosition.Parse(end.Reason[(end.Reason.IndexOf("cursor=", StringComparison.Ordinal) + "cursor=".Length)..]);
            Assert.Equal(socket.Journal.Cursor, cursor);
            await socket.CloseAsync();
            await socket.OpenAsync(_stack.Node(1));
        }

        await ProveAsync(events, batch);
    }

    private Task EveryoneReceivesMoreAsync() =>
        Task.WhenAll(_readers.Select(reader => reader.ReceivesAsync(reader.Journal.Count + (EventsPerSecond / 5))));

    private async Task ProveAsync(params Subscriber[] others)
    {
        await Eventually.IsTrueAsync(() => _readers.All(reader => reader.Connections > 1), "everybody comes back");
        await EveryoneReceivesMoreAsync();
        await _stopping.CancelAsync();
        await _load;
        await _stack.ProveAsync([.. _readers, .. others]);
        Assert.Empty(_readers.Concat(others).SelectMany(reader => reader.Journal.Gaps));
    }
}
