namespace Nexus.Monitoring.Api;

/// <summary>The API's part of the configuration section <c>Monitoring</c>; ranges in <see cref="MonitoringApiOptionsValidator"/>.</summary>
internal sealed class MonitoringApiOptions
{
    public const string SectionName = "Monitoring";

    /// <summary>Origins of browsers that may read and write, besides this service's own; such as <c>https://ops.example.com</c>.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Most events in memory.</summary>
    public int RingEvents { get; set; } = 65_536;

    /// <summary>Most bytes of events in memory.</summary>
    public long RingBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Most events in one batch.</summary>
    public int BatchEvents { get; set; } = 512;

    /// <summary>
    /// Most bytes of events in one batch; a single event may have more. A client that takes nothing makes the node hold one batch, which with its
    /// frames has to fit a buffer of 32 KB.
    /// </summary>
    public int BatchBytes { get; set; } = 30 * 1024;

    /// <summary>A client that catches up may be this many entries behind; one that is further behind gets a gap.</summary>
    public int CatchUpEvents { get; set; } = 250_000;

    /// <summary>A client that asked to skip or to be closed when it falls behind may be this many entries behind.</summary>
    public int SlowConsumerEvents { get; set; } = 4_096;

    /// <summary>How often a stream says that it lives, and up to where.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A client that takes nothing for this long is closed.</summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most open streams of all transports.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Longest message that a client may send.</summary>
    public int MaxClientMessageBytes { get; set; } = 16 * 1024;

    /// <summary>How often the log is read although no doorbell rang.</summary>
    public TimeSpan LogPollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause between two attempts to reach the log.</summary>
    public TimeSpan LogRetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Entries of the log that are longer are skipped.</summary>
    public int MaxEntryBytes { get; set; } = 1024 * 1024;

    /// <summary>Readers that may read behind the ring at the same time; others wait their turn.</summary>
    public int ConcurrentReplays { get; set; } = 4;

    /// <summary>Entries a second that one client may read behind the ring.</summary>
    public int ReplayEventsPerSecond { get; set; } = 50_000;

    /// <summary>Spans a second for events other than those of runs and phases, which always get one.</summary>
    public int TracedEventsPerSecond { get; set; } = 50;

    /// <summary>Longest body of <c>POST /api/events</c>.</summary>
    public int MaxRequestBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>After this silence of the node that watches the clock, another one does.</summary>
    public TimeSpan WatchLease { get; set; } = TimeSpan.FromSeconds(10);
}
