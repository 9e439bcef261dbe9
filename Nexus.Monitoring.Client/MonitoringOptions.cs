namespace Nexus.Monitoring.Client;

/// <summary>
/// The configuration section <c>Monitoring</c>. Each value can also come from the environment variable named with it; the section
/// wins where both are set. Times are a number of seconds or <c>hh:mm:ss</c>. Values out of range stop the host at start with a message that names the key.
/// </summary>
public sealed class MonitoringOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Monitoring";

    /// <summary>
    /// False makes publishing a no-op that allocates nothing and opens no connection. Default true; <c>MONITORING_ENABLED</c>.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// What the events' <c>source</c> says, <c>service/instance</c>. Default: <c>OTEL_SERVICE_NAME</c> or the application's name, and
    /// the machine's name with the process id.
    /// </summary>
    public string? Source { get; set; }

    /// <summary>Between two heartbeats of a worker; 1 s to 1 h. Default 10 s; <c>MONITORING_HEARTBEAT_INTERVAL_SEC</c>.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// After this a silent worker counts as lost; 2 s to 24 h and more than <see cref="HeartbeatInterval"/>. Default 30 s;
    /// <c>MONITORING_HEARTBEAT_TTL_SEC</c>.
    /// </summary>
    public TimeSpan HeartbeatTtl { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Most bytes of one event's UTF-8 JSON; 512 to 1048576. Longer events are shortened, see <c>docs/protocol.md</c>. Default 10240;
    /// <c>MONITORING_MAX_EVENT_SIZE_BYTES</c>.
    /// </summary>
    public int MaxEventSizeBytes { get; set; } = 10_240;

    /// <summary>
    /// How often a failed send is repeated after <see cref="RetryDelay"/>; 0 to 100. After that the log counts as away: one
    /// warning is logged, and the sender goes on trying with growing delays (at most 5 s, or the retry delay if that is longer) for as long
    /// as the process lives. Default 3; <c>MONITORING_RETRY_ATTEMPTS</c>.
    /// </summary>
    public int RetryAttempts { get; set; } = 3;

    /// <summary>Before a failed send is repeated; 0.01 s to 5 min. Default 1 s; <c>MONITORING_RETRY_DELAY_SEC</c>.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether each event is also published on the channels <c>nexus:events</c>, <c>nexus:events:project:{id}</c> and
    /// <c>nexus:events:stats</c>, for consumers that listen there. Default true.
    /// </summary>
    public bool PublishChannels { get; set; } = true;

    /// <summary>
    /// Most events that wait to be sent; 16 to 10000000. What comes on top of that drops the oldest heartbeats and stats first, then
    /// the oldest others. Default 50000.
    /// </summary>
    public int BufferCapacity { get; set; } = 50_000;

    /// <summary>Events that the log keeps at least, approximately; 1000 to 100000000. Default 250000.</summary>
    public int LogMaxLength { get; set; } = 250_000;

    /// <summary>How long a stopping process waits for the events that still wait; 0 s to 5 min. Default 5 s.</summary>
    public TimeSpan ShutdownFlush { get; set; } = TimeSpan.FromSeconds(5);
}
