namespace Nexus.Monitoring.Client.Redis;

/// <summary>Who listens to which channel, at one moment.</summary>
/// <param name="hearsAll">Somebody may listen to any channel.</param>
/// <param name="channels">Else: the channels with a listener.</param>
internal sealed class RedisAudience(bool hearsAll, IReadOnlySet<string> channels)
{
    /// <summary>For where it cannot be found out.</summary>
    public static RedisAudience Everybody { get; } = new(true, new HashSet<string>());

    public static RedisAudience Nobody { get; } = new(false, new HashSet<string>());

    public bool IsEmpty => !hearsAll && channels.Count == 0;

    public bool Hears(string channel) => hearsAll || channels.Contains(channel);
}
