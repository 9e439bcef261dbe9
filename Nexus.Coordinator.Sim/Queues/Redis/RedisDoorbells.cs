using StackExchange.Redis;

namespace Nexus.Coordinator.Sim.Queues.Redis;

/// <summary>The doorbells of this process, rung from here and, over a channel, from every other process that shares the queue.</summary>
internal sealed class RedisDoorbells(IConnectionMultiplexer redis, CoordinatorId self, TimeProvider time) : IHostedService
{
    private const string JobsMessage = "jobs";

    private static readonly RedisChannel Channel = RedisChannel.Literal(QueueKeys.Doorbell);

    public Doorbell Jobs { get; } = new(time);

    public Doorbell Results { get; } = new(time);

    /// <summary>The subscription outlives a lost connection; until it stands, whoever waits finds out by looking.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await redis.GetSubscriber().SubscribeAsync(Channel, (_, message) => Hear(message)).AnsweredAsync();
        }
        catch (QueueUnavailableException)
        {
            // The client repeats the subscription itself when Redis is back.
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await redis.GetSubscriber().UnsubscribeAsync(Channel).AnsweredAsync();
        }
        catch (QueueUnavailableException)
        {
            // Redis is away, and with it the subscription.
        }
    }

    public void RingJobs()
    {
        Jobs.Ring();
        Publish(JobsMessage);
    }

    public void RingResults(string coordinator)
    {
        if (coordinator == self.Value)
        {
            Results.Ring();
        }
        else
        {
            Publish(coordinator);
        }
    }

    private void Hear(RedisValue message)
    {
        if (message == JobsMessage)
        {
            Jobs.Ring();
        }
        else if (message == self.Value)
        {
            Results.Ring();
        }
    }

    private void Publish(string message) => redis.GetDatabase().Publish(Channel, message, CommandFlags.FireAndForget);
}
