using Microsoft.Extensions.Logging;
using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Redis;

/// <summary>
/// Says that the log has grown: one doorbell a batch, and the events themselves on the channels, for consumers that have no cursor.
/// Nothing waits for it, and nothing is lost with it that is not in the log.
/// </summary>
internal sealed class RedisAnnouncer(IConnectionMultiplexer redis, bool publishChannels, ILogger<RedisAnnouncer> logger) : IEventAnnouncer
{
    private static readonly RedisChannel Doorbell = RedisChannel.Literal(LogKeys.Log);
    private static readonly RedisChannel AllEvents = RedisChannel.Literal(LogKeys.AllEvents);
    private static readonly RedisChannel StatsEvents = RedisChannel.Literal(LogKeys.StatsEvents);

    public bool PublishesChannels => publishChannels;

    public void Announce(LogPosition? last, IReadOnlyList<ReadOnlyMemory<byte>> events) =>
        Announce(last, publishChannels ? events.Select(json => (KeysReader.Read(json.Span), json)) : []);

    /// <param name="last">Position of the last event; lets a reader skip the look when it has been there already.</param>
    public void Announce(LogPosition? last, IEnumerable<(EventKeys Keys, ReadOnlyMemory<byte> Json)> events)
    {
        try
        {
            var database = redis.GetDatabase();
            database.Publish(Doorbell, last?.ToString() ?? "", CommandFlags.FireAndForget);
            if (!publishChannels)
            {
                return;
            }

            foreach (var (keys, json) in events)
            {
                database.Publish(AllEvents, json, CommandFlags.FireAndForget);
                if (!string.IsNullOrEmpty(keys.ProjectId))
                {
                    database.Publish(RedisChannel.Literal(LogKeys.ProjectEvents(keys.ProjectId)), json, CommandFlags.FireAndForget);
                }

                if (EventTypes.IsStats(keys.EventType))
                {
                    database.Publish(StatsEvents, json, CommandFlags.FireAndForget);
                }
            }
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            logger.AnnounceFailed(exception);
        }
    }
}
