using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.Watch;
using Nexus.Monitoring.Client;
using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Api.Tests.Watch;

/// <summary>What the watcher relies on, against each server that may hold the log.</summary>
public abstract class WatchLogTests : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private IRedisServer _server = null!;
    private ConnectionMultiplexer _redis = null!;

    private IDatabase Database => _redis.GetDatabase();

    public async ValueTask InitializeAsync()
    {
        _server = await StartAsync();
        _redis = await ConnectionMultiplexer.ConnectAsync(_server.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _redis.DisposeAsync();
            await _server.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected abstract Task<IRedisServer> StartAsync();

    [Fact]
    public async Task Acquire_TwoNodes_OneGetsIt()
    {
        var terms = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Node().TryAcquireAsync(Lease)));

        Assert.Equal(new WatchTerm(1, 0), Assert.Single(terms, term => term is not null));
    }

    [Fact]
    public async Task Acquire_LeaseExpired_TheTokenRises_AndTheDeposedNodeCanNeitherRenewNorAppend()
    {
        var (old, next) = (Node(), Node());
        var deposed = (await old.TryAcquireAsync(TimeSpan.FromMilliseconds(50)))!.Value;
        WatchTerm? term = null;
        await Eventually.IsTrueAsync(async () => (term = await next.TryAcquireAsync(Lease)) is not null, "the lease expires");

        Assert.Equal(2, term!.Value.Token);
        Assert.Null(await old.RenewAsync(deposed, Lease));
        Assert.Null(await old.TryAppendAsync(deposed, [Lost(1)]));
        await old.ReleaseAsync(deposed);
        Assert.Equal(0, await Database.StreamLengthAsync(LogKeys.Log));
        Assert.Equal(term, await next.RenewAsync(term.Value, Lease));
    }

    [Fact]
    public async Task Append_LeaseExpiredUnnoticed_IsGoodUntilAnotherNodeWatches()
    {
        var node = Node();
        var term = (await node.TryAcquireAsync(TimeSpan.FromMilliseconds(20)))!.Value;
        await Eventually.IsTrueAsync(async () => !await Database.KeyExistsAsync(LogKeys.WatchLease), "the lease expires");

        Assert.Equal((term.Next, 1), await node.TryAppendAsync(term, [Lost(1)]));
    }

    [Fact]
    public async Task Append_TheSameTermTwice_TheSecondDoesNothing()
    {
        var node = Node();
        var term = (await node.TryAcquireAsync(Lease))!.Value;

        Assert.Equal((term.Next, 2), await node.TryAppendAsync(term, [Lost(1), Lost(2)]));
        Assert.Null(await node.TryAppendAsync(term, [Lost(1), Lost(2)]));
        Assert.Equal(term.Next, await node.RenewAsync(term, Lease));

        var entries = await Database.StreamRangeAsync(LogKeys.Log);
        Assert.Equal([1, 2], entries.Select(entry => Read(entry).WorkerId));
        Assert.All(entries, entry => Assert.False(string.IsNullOrEmpty(Read(entry).Source)));
    }

    [Fact]
    public async Task Append_HeartbeatKeyLives_LeavesThatWorkerOut()
    {
        var node = Node();
        var term = (await node.TryAcquireAsync(Lease))!.Value;
        await Database.StringSetAsync(LogKeys.WorkerHeartbeat(1), "x", Lease);

        Assert.Equal((term, 0), await node.TryAppendAsync(term, [Lost(1)]));
        Assert.Equal((term.Next, 1), await node.TryAppendAsync(term, [Lost(1), Lost(2)]));
        Assert.Equal(2, Read(Assert.Single(await Database.StreamRangeAsync(LogKeys.Log))).WorkerId);
    }

    [Fact]
    public async Task Append_ReadersAreTold()
    {
        var node = Node();
        var term = (await node.TryAcquireAsync(Lease))!.Value;

        await node.TryAppendAsync(term, [Lost(1)]);

        Assert.Equal(1, _announced);
    }

    [Fact]
    public async Task Release_AnotherNodeWatchesAtOnce()
    {
        var node = Node();
        await node.ReleaseAsync((await node.TryAcquireAsync(Lease))!.Value);

        Assert.Equal(2, (await Node().TryAcquireAsync(Lease))!.Value.Token);
    }

    [Fact]
    public async Task Clock_IsTheServers_AndNotBehindItsPositions()
    {
        var before = await Node().ReadClockAsync();
        var future = new LogPosition((ulong)DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds(), 0);
        await Database.StreamAddAsync(LogKeys.Log, LogKeys.EventField, "x", future.ToString());
        var after = await Node().ReadClockAsync();

        Assert.Equal(LogPosition.Start, before.Last);
        Assert.InRange(before.Now, DateTimeOffset.UtcNow.AddSeconds(-10), DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.Equal((future, future.Time), (after.Last, after.Now));
    }

    private int _announced;

    private RedisWatchLog Node() => new(
        _redis,
        new RedisLogSource(_redis),
        new CountingAnnouncer(this),
        TimeProvider.System,
        Options.Create(new MonitoringOptions()),
        new ConfigurationBuilder().Build(),
        new HostingEnvironment { ApplicationName = "api" });

    private static PendingVerdict Lost(int worker) => new(
        new MonitoringEvent { EventId = "", Timestamp = default, EventType = EventTypes.WorkerLost, WorkerId = worker, Error = "silent" }, worker);

    private static MonitoringEvent Read(StreamEntry entry)
    {
        Assert.True(EventJson.TryRead((byte[])entry[LogKeys.EventField]!, out var e, out var problem), problem);
        return e;
    }

    private sealed class CountingAnnouncer(WatchLogTests tests) : IEventAnnouncer
    {
        public void Announce(LogPosition? last, IReadOnlyList<ReadOnlyMemory<byte>> events) => tests._announced += events.Count;
    }
}
