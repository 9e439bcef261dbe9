using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Queues.Redis;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Coordinator.Sim.Tests.Queues;

/// <summary>The queue in Redis, on any server that speaks its protocol.</summary>
public abstract class RedisQueueSuite(QueueServer server) : QueueSuite, IAsyncLifetime
{
    private readonly List<IConnectionMultiplexer> _connections = [];
    private QueueProcess? _here;
    private QueueProcess? _there;

    private protected override QueueProcess Here => _here!;

    private protected override QueueProcess There => _there!;

    public async ValueTask InitializeAsync()
    {
        await server.EmptyAsync();
        (_here, _there) = (await ProcessAsync("here"), await ProcessAsync("there"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task ClaimAsync_WhatIsNoJob_IsTakenOutOfTheWay()
    {
        await _connections[0].GetDatabase().ListLeftPushAsync(LogKeys.HighPriorityTasks, "someone else's text");
        var worker = await Here.Workers.RegisterAsync();

        Assert.Null(await Here.Queue.ClaimAsync(worker));

        Assert.Null(await Here.Queue.FindClaimedAsync(worker));
        Assert.Equal(0, await _connections[0].GetDatabase().ListLengthAsync(LogKeys.HighPriorityTasks));
    }

    [Fact]
    public async Task RegisterAsync_HeartbeatOfForeignWorker_KeepsItsId()
    {
        await _connections[0].GetDatabase().StringSetAsync(LogKeys.WorkerHeartbeat(1), "someone-else/1");

        Assert.Equal(2, (await Here.Workers.RegisterAsync()).WorkerId);
    }

    private protected override Task SilenceAsync(string name) => _connections[0].GetDatabase().KeyDeleteAsync(
        int.TryParse(name, out var workerId) ? LogKeys.WorkerHeartbeat(workerId) : QueueKeys.Coordinator(name));

    private async Task<QueueProcess> ProcessAsync(string name)
    {
        var connection = await server.ConnectAsync();
        _connections.Add(connection);
        var id = new CoordinatorId(name);
        var heartbeat = new HeartbeatTiming(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
        var doorbells = new RedisDoorbells(connection, id, TimeProvider.System);
        await doorbells.StartAsync(CancellationToken.None);
        return new QueueProcess(
            name,
            new RedisJobQueue(connection, doorbells, id, TimeProvider.System),
            new RedisWorkerRegistry(connection, heartbeat, TimeProvider.System),
            new RedisRunRegistry(connection, doorbells, heartbeat));
    }
}
