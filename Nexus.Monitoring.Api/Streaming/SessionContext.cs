using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.Telemetry;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>What all sessions of a node share, and where readers come from.</summary>
internal sealed class SessionContext(
    LogFeed feed,
    IOlderEntries older,
    ISnapshotSource snapshots,
    SessionSweep sweep,
    ApiMetrics metrics,
    TimeProvider time,
    IOptions<MonitoringApiOptions> options)
{
    private const int MostAhead = 4_096;

    /// <summary>Of a batch, whoever makes it.</summary>
    public ReaderLimits Limits { get; } = new(options.Value.BatchEvents, options.Value.BatchBytes);

    /// <summary>Of a reader inside the node that takes everything: it is behind the ring only after a start or under a storm, and then what a
    /// page costs beside its events counts.</summary>
    public static ReaderLimits PageLimits { get; } = new(PageSize.Most, PageSize.MostBytes);

    /// <summary>Of clients. What is read at once is paid for at once: no more than makes a tenth of a second.</summary>
    public ReadAhead ReadAhead { get; } = new(new ReaderLimits(
        Math.Max(options.Value.BatchEvents, Math.Min(options.Value.ReplayEventsPerSecond / 10, MostAhead)), 1024 * 1024));

    public LogFeed Feed => feed;

    public SessionSweep Sweep => sweep;

    public ReplayBudgets ReplayBudgets { get; } = new(options.Value.ReplayEventsPerSecond, time);

    public ISnapshotSource Snapshots => snapshots;

    public ApiMetrics Metrics => metrics;

    public TimeProvider Time => time;

    public MonitoringApiOptions Options => options.Value;

    public LogReader NewReader(StreamRequest request, ReaderLimits? limits = null, ReadAhead? readAhead = null) => request.Cursor is { } cursor
        ? new LogReader(feed, older, limits ?? Limits, request.Filter, cursor, isForeign: true, readAhead)
        : NewReader(request.Filter, feed.Ring.Head.Position, limits, readAhead);

    /// <param name="filter">What is wanted.</param>
    /// <param name="after">A position that this node itself has seen.</param>
    /// <param name="limits">Bounds of a step, where those of a client's batch are too narrow.</param>
    /// <param name="readAhead">Whether it may read more than a step behind the ring.</param>
    public LogReader NewReader(EventFilter filter, LogPosition after, ReaderLimits? limits = null, ReadAhead? readAhead = null) =>
        new(feed, older, limits ?? Limits, filter, after, readAhead: readAhead);
}
