using System.Net;
using Nexus.IntegrationTests.Fixtures;
using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using StackExchange.Redis;

namespace Nexus.IntegrationTests.Faults;

/// <summary>Redis goes away under load, or comes back without what it had. Clients of every transport, on two nodes, are judged.</summary>
public sealed class RedisFaultTests(TwoNodes world) : IClassFixture<TwoNodes>, IAsyncLifetime
{
    private const string Project = "atlas";
    private const int EventsPerSecond = 500;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(4);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Stack _stack = world.Stack;
    private IReadOnlyList<Subscriber> _readers = [];
    private Task _load = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        _readers = [.. await Stack.FollowAllAsync(Project, _stack.Node(0)), .. await Stack.FollowAllAsync(Project, _stack.Node(1))];
        _load = _stack.Producer.PublishSteadilyAsync(EventTypes.TaskEnqueued, EventsPerSecond, _stopping.Token, Project, "radar", null);
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

        _stopping.Dispose();
    }

    [Fact]
    public async Task Killed_EverybodyStaysConnectedIsToldAndMissesNothing()
    {
        await _stack.Redis.KillAsync();
        await AreToldAsync(StatusFrame.Unavailable);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await _stack.Nodes[0].HealthAsync());
        await Task.Delay(Outage);
        await _stack.Redis.RestartAsync();
        await AreToldAsync(StatusFrame.Connected);

        await ProveAsync();
        Assert.All(_readers, reader => Assert.Equal(1, reader.Connections));
        Assert.Empty(_readers.SelectMany(reader => reader.Journal.Gaps));
        await Eventually.IsTrueAsync(async () => await _stack.Nodes[0].HealthAsync() == HttpStatusCode.OK, "the node is healthy again");
    }

    [Fact]
    public async Task Paused_NobodyMissesAnything()
    {
        _stack.Redis.Pause();
        await Task.Delay(Outage);
        _stack.Redis.Resume();

        await ProveAsync();
        Assert.Empty(_readers.SelectMany(reader => reader.Journal.Gaps));
    }

    [Fact]
    public async Task Flushed_IsAnnouncedAndReadingGoesOn()
    {
        await using var hub = new LibraryReader(_stack.Node(0), StreamTransport.SignalR);
        await using var socket = new LibraryReader(_stack.Node(1), StreamTransport.WebSocket);
        await Task.WhenAll(hub.HasBegunAsync(), socket.HasBegunAsync());
        await using (var redis = await ConnectionMultiplexer.ConnectAsync(_stack.Redis.ConnectionString + ",allowAdmin=true"))
        {
            await redis.GetServers()[0].FlushAllDatabasesAsync();
        }

        await AreToldOfTheLossAsync();
        await ProveAsync();
        await _stack.ProveAsync(hub.Journal, socket.Journal);
        Assert.All([hub, socket], reader => Assert.Contains(reader.Journal.Gaps, gap => gap.Reason == GapReasons.LogReset));
    }

    [Fact]
    public async Task CameBackWithOlderData_IsAnnouncedAndReadingGoesOn()
    {
        await _stack.Producer.FlushAsync();
        var copy = Directory.CreateTempSubdirectory("nexus-older-").FullName;
        Copy(_stack.Redis.DataFolder, copy);
        await EveryoneReceivesMoreAsync();
        await _stack.Redis.StopAsync();
        Directory.Delete(_stack.Redis.DataFolder, recursive: true);
        Copy(copy, _stack.Redis.DataFolder);
        Directory.Delete(copy, recursive: true);
        await _stack.Redis.RestartAsync();

        await AreToldOfTheLossAsync();
        await ProveAsync();
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private Task EveryoneReceivesMoreAsync() =>
        Task.WhenAll(_readers.Select(reader => reader.ReceivesAsync(reader.Journal.Count + (EventsPerSecond / 5))));

    private Task AreToldAsync(string status) => Eventually.IsTrueAsync(
        () => _readers.All(reader => reader.Journal.Frames.OfType<StatusFrame>().LastOrDefault()?.Log == status), $"everybody is told {status}");

    private Task AreToldOfTheLossAsync() => Eventually.IsTrueAsync(
        () => _readers.All(reader => reader.Journal.Gaps.Any(gap => gap.Reason == GapReasons.LogReset)), "everybody is told that the log lost its data");

    /// <summary>First they must see that it goes on.</summary>
    private async Task ProveAsync()
    {
        await EveryoneReceivesMoreAsync();
        await _stopping.CancelAsync();
        await _load;
        await _stack.ProveAsync(_readers);
    }
}
