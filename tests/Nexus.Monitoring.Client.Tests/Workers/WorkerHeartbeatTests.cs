using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Client.Redis;
using Nexus.Monitoring.Client.Scopes;
using Nexus.Monitoring.Client.Workers;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Tests.Workers;

public sealed class WorkerHeartbeatTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly RecordingPublisher _publisher;
    private readonly FakePresence _presence = new();

    public WorkerHeartbeatTests() => _publisher = new RecordingPublisher(_time);

    [Fact]
    public async Task Worker_Lives_BeatsEveryIntervalAndSaysWhatItDoes()
    {
        var worker = Start();
        Assert.Equal([EventTypes.WorkerStarted], _publisher.Types);
        Assert.Equal(["claim 7 30"], _presence.Calls);

        await BeatAsync();
        var task = worker.StartTask(new TaskDetails { TaskId = "t1", TaskType = "search", RunId = "r1", Message = "look" });
        await BeatAsync();
        task.Complete();
        await BeatAsync();
        await worker.DisposeAsync();

        var beats = _publisher.Events.Where(e => e.EventType == EventTypes.WorkerHeartbeat).ToList();
        Assert.Equal([null, "t1", null], beats.Select(e => e.TaskId));
        Assert.Equal(("r1", "search", "look", "processing"), (beats[1].ParentTaskId, beats[1].TaskType, beats[1].Message, beats[1].Status));
        Assert.All(_publisher.Events, e => Assert.Equal((7, "alpha"), (e.WorkerId, e.ProjectId)));
        Assert.Equal(EventTypes.WorkerStopped, _publisher.Types.Last());
        Assert.Equal(["claim 7 30", "renew 7 30", "renew 7 30", "renew 7 30", "remove 7"], _presence.Calls);
    }

    [Fact]
    public async Task Worker_Stopped_IsSilentAndStopsOnce()
    {
        var worker = Start();
        await worker.DisposeAsync();
        await worker.DisposeAsync();
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal([EventTypes.WorkerStarted, EventTypes.WorkerStopped], _publisher.Types);
        Assert.Equal(["claim 7 30", "remove 7"], _presence.Calls);
    }

    [Fact]
    public async Task Worker_Disabled_DoesNothing()
    {
        var worker = new WorkerHeartbeat(
            new RecordingPublisher(_time) { IsEnabled = false }, _presence, new MonitoringOptions(), new WorkerDetails { WorkerId = 1 });
        _time.Advance(TimeSpan.FromMinutes(5));
        await worker.DisposeAsync();

        Assert.Empty(_presence.Calls);
    }

    [Fact]
    public async Task AddWorkerHeartbeat_InAHost_KeepsTheKeyWhileItRuns()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        await using var redis = await RedisServerProcess.StartAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var database = connection.GetDatabase();
        var host = await MonitoringHost.StartAsync(
            new() { ["ConnectionStrings:redis"] = redis.ConnectionString, ["Monitoring:Source"] = "tests/1" },
            builder => builder.AddWorkerHeartbeat(3).AddWorkerHeartbeat(4));
        Assert.Equal(3, host.Services.GetRequiredService<WorkerHeartbeat>().WorkerId);
        Assert.Equal(4, host.Services.GetRequiredKeyedService<WorkerHeartbeat>(4).WorkerId);
        await Eventually.IsTrueAsync(() => database.KeyExistsAsync(LogKeys.WorkerHeartbeat(4)), "the key is set");
        Assert.StartsWith("tests/1#", await database.StringGetAsync(LogKeys.WorkerHeartbeat(3)), StringComparison.Ordinal);
        Assert.InRange((await database.KeyTimeToLiveAsync(LogKeys.WorkerHeartbeat(3)))!.Value, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));

        await host.DisposeAsync();

        Assert.False(await database.KeyExistsAsync(LogKeys.WorkerHeartbeat(3)));
        var events = (await database.StreamRangeAsync(LogKeys.Log)).SelectMany(entry => entry.ReadEvents()).ToList();
        Assert.Equal(4, events.Count);
        Assert.Contains(EventTypes.WorkerStopped, Encoding.UTF8.GetString(events[^1].Json.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_WhosePlaceWasTaken_IsSilent()
    {
        var worker = Start();
        _presence.IsTaken = true;
        await BeatAsync();
        await BeatAsync();
        await worker.DisposeAsync();

        Assert.Equal([EventTypes.WorkerStarted], _publisher.Types);
    }

    [Fact]
    public async Task Key_OfASuccessor_IsNeitherRenewedNorRemoved()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        await using var redis = await RedisServerProcess.StartAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var presence = new RedisPresence(connection, "tests/1", NullLogger<RedisPresence>.Instance);
        var life = TimeSpan.FromSeconds(30);
        await presence.ClaimAsync(5, "old", life);
        Assert.True(await presence.RenewAsync(5, "old", life));

        await presence.ClaimAsync(5, "new", life);
        Assert.False(await presence.RenewAsync(5, "old", life));
        await presence.RemoveAsync(5, "old");

        Assert.Equal("tests/1#new", await connection.GetDatabase().StringGetAsync(LogKeys.WorkerHeartbeat(5)));
        await presence.RemoveAsync(5, "new");
        Assert.True(await presence.RenewAsync(5, "old", life));
    }

    private WorkerHeartbeat Start() =>
        new(_publisher, _presence, new MonitoringOptions(), new WorkerDetails { WorkerId = 7, ProjectId = "alpha" });

    private async Task BeatAsync()
    {
        var renewals = _presence.Calls.Count;
        _time.Advance(TimeSpan.FromSeconds(10));
        await Eventually.IsTrueAsync(() => _presence.Calls.Count == renewals + 1, "the next beat comes");
    }
}
