using Nexus.Monitoring.Client.Redis;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Api.Log;

/// <summary>Hears the doorbell, and a connection that came back, which is one too: it may have rung meanwhile.</summary>
internal sealed class DoorbellListener(IConnectionMultiplexer redis, Action onDoorbell) : IAsyncDisposable
{
    private static readonly RedisChannel Doorbell = RedisChannel.Literal(LogKeys.Log);

    public async Task StartAsync()
    {
        await redis.GetSubscriber().SubscribeAsync(Doorbell, OnMessage);
        redis.ConnectionRestored += OnRestored;
    }

    public async ValueTask DisposeAsync()
    {
        redis.ConnectionRestored -= OnRestored;
        try
        {
            await redis.GetSubscriber().UnsubscribeAsync(Doorbell, OnMessage, CommandFlags.FireAndForget);
        }
        catch (Exception error) when (RedisFailure.IsAway(error))
        {
            // The subscription ends with its connection.
        }
    }

    private void OnMessage(RedisChannel channel, RedisValue value) => onDoorbell();

    private void OnRestored(object? sender, ConnectionFailedEventArgs e) => onDoorbell();
}
