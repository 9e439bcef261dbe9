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
/// <remarks>
/// Two messages for each event cost a producer more than the append itself, and as a rule nobody listens. So it is asked together with the
/// append who does, and whoever had subscribed before the event was published is counted.
/// </remarks>
internal sealed class RedisAnnouncer(IConnectionMultiplexer redis, bool publishChannels, ILogger<RedisAnnouncer> logger) : IEventAnnouncer
{
    private static readonly RedisChannel Doorbell = RedisChannel.Literal(LogKeys.Log);

    public bool PublishesChannels => publishChannels;

    public void Announce(LogPosition? last, IReadOnlyList<ReadOnlyMemory<byte>> events) =>
        Announce(last, RedisAudience.Everybody, publishChannels ? events.Select(json => (KeysReader.Read(json.Span), json)) : []);

    /// <summary>Who will hear events with these keys. Never throws; in doubt it is everybody.</summary>
    /// <remarks>
    /// <c>ROLE</c>: listeners at replicas, and those at other nodes of a cluster, are not counted by the server that is asked.
    /// </remarks>
    public async Task<RedisAudience> AskAsync(IEnumerable<EventKeys> keys)
    {
        if (!publishChannels)
        {
            return RedisAudience.Nobody;
        }

        try
        {
            if (redis.GetServers().Any(server => server.ServerType == ServerType.Cluster))
            {
                return RedisAudience.Everybody;
            }

            var projects = keys.Select(one => one.ProjectId).Where(project => !string.IsNullOrEmpty(project)).ToHashSet();
            var channels = projects.Select(project => LogKeys.ProjectEvents(project!)).Append(LogKeys.AllEvents).Append(LogKeys.StatsEvents);
            var database = redis.GetDatabase();
            var role = database.ExecuteAsync("ROLE");
            var patterns = database.ExecuteAsync("PUBSUB", "NUMPAT");
            var counts = database.ExecuteAsync("PUBSUB", ["NUMSUB", .. channels]);
            await Task.WhenAll(role, patterns, counts).NotForgottenAsync().ConfigureAwait(false);
            var roles = await role.ConfigureAwait(false);
            if ((string?)roles[0] != "master" || roles[2].Length > 0 || (long)await patterns.ConfigureAwait(false) > 0)
            {
                return RedisAudience.Everybody;
            }

            return Heard(await counts.ConfigureAwait(false));
        }
        catch (Exception exception) when (RedisFailure.IsAway(exception) || exception is InvalidCastException or FormatException)
        {
            return RedisAudience.Everybody;
        }
    }

    /// <param name="last">Position of the last event; lets a reader skip the look when it has been there already.</param>
    /// <param name="audience">As <see cref="AskAsync"/> found it.</param>
    /// <param name="events">The batch.</param>
    public void Announce(LogPosition? last, RedisAudience audience, IEnumerable<(EventKeys Keys, ReadOnlyMemory<byte> Json)> events)
    {
        try
        {
            var database = redis.GetDatabase();
            database.Publish(Doorbell, last?.ToString() ?? "", CommandFlags.FireAndForget);
            if (audience.IsEmpty)
            {
                return;
            }

            foreach (var (keys, json) in events)
            {
                Publish(database, LogKeys.AllEvents, audience, json);
                if (!string.IsNullOrEmpty(keys.ProjectId))
                {
                    Publish(database, LogKeys.ProjectEvents(keys.ProjectId), audience, json);
                }

                if (EventTypes.IsStats(keys.EventType))
                {
                    Publish(database, LogKeys.StatsEvents, audience, json);
                }
            }
        }
        catch (Exception exception) when (RedisFailure.IsAway(exception))
        {
            logger.AnnounceFailed(exception);
        }
    }

    private static void Publish(IDatabase database, string channel, RedisAudience audience, ReadOnlyMemory<byte> json)
    {
        if (audience.Hears(channel))
        {
            database.Publish(RedisChannel.Literal(channel), json, CommandFlags.FireAndForget);
        }
    }

    /// <summary>Channel, count, channel, count …</summary>
    private static RedisAudience Heard(RedisResult counts)
    {
        var heard = new HashSet<string>();
        for (var i = 0; i + 1 < counts.Length; i += 2)
        {
            if ((long)counts[i + 1] > 0)
            {
                heard.Add((string)counts[i]!);
            }
        }

        return heard.Count == 0 ? RedisAudience.Nobody : new RedisAudience(false, heard);
    }
}
