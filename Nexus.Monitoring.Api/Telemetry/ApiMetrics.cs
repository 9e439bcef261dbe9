using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Nexus.Monitoring.Contracts.About;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Telemetry;

/// <summary>All instruments of the API. Tags have few values: never an id.</summary>
internal sealed class ApiMetrics
{
    public const string MeterName = "Nexus.Monitoring.Api";

    private static readonly double[] LagBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    /// <summary>As many as there are reasons.</summary>
    private readonly ConcurrentDictionary<(string What, string Reason), long> _drops = new();

    private readonly UpDownCounter<int> _connections;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _read;
    private readonly Counter<long> _skipped;
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _ingested;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _ignoredMessages;
    private readonly Counter<long> _stalled;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _historyWritten;
    private readonly Histogram<double> _historyCommit;

    public ApiMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _connections = meter.CreateUpDownCounter<int>("nexus.monitoring.connections", "{connection}", "Open streams, by transport.");
        _delivered = meter.CreateCounter<long>("nexus.monitoring.delivered", "{event}", "Events handed to clients, by transport.");
        _read = meter.CreateCounter<long>("nexus.monitoring.log.read", "{event}", "Events read from the log.");
        _skipped = meter.CreateCounter<long>("nexus.monitoring.skipped", "{entry}", "Entries of the log that are no events, by kind.");
        _gaps = meter.CreateCounter<long>("nexus.monitoring.gaps", "{gap}", "Gaps that clients were told of, by reason.");
        _ingested = meter.CreateCounter<long>("nexus.monitoring.ingested", "{event}", "Events accepted over HTTP.");
        _rejected = meter.CreateCounter<long>("nexus.monitoring.rejected", "{event}", "Events refused over HTTP.");
        _ignoredMessages = meter.CreateCounter<long>(
            "nexus.monitoring.client_messages.ignored", "{message}", "Messages of clients that say nothing to this version.");
        _stalled = meter.CreateCounter<long>(
            "nexus.monitoring.stalled", "{connection}", "Streams that were closed because the client took nothing for too long, by transport.");
        _historyWritten = meter.CreateCounter<long>("nexus.monitoring.history.written", "{event}", "Events written to the history.");
        _historyCommit = meter.CreateHistogram<double>("nexus.monitoring.history.commit.duration", "s", "How long a commit of the history took.");
        _lag = meter.CreateHistogram(
            "nexus.monitoring.log.lag",
            "s",
            description: "From an event's append to when this node read it.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = LagBuckets });
    }

    /// <summary>From a producer's clock to the log's, events of the last minute.</summary>
    public RecentDurations ProducerToLog { get; } = new(TimeProvider.System, 12, TimeSpan.FromSeconds(5));

    /// <summary>From the log's clock to this node's, events of the last minute.</summary>
    public RecentDurations LogToNode { get; } = new(TimeProvider.System, 12, TimeSpan.FromSeconds(5));

    /// <summary>What did not get through since the start.</summary>
    public IReadOnlyList<DropCount> Drops =>
        [.. _drops.Select(drop => new DropCount(drop.Key.What, drop.Key.Reason, drop.Value)).OrderBy(drop => drop.What).ThenBy(drop => drop.Reason)];

    public void Arrived(DateTimeOffset produced, DateTimeOffset appended, DateTimeOffset read)
    {
        ProducerToLog.Record(appended - produced);
        LogToNode.Record(read - appended);
    }

    public void ConnectionOpened(string transport) => _connections.Add(1, Transport(transport));

    public void ConnectionClosed(string transport) => _connections.Add(-1, Transport(transport));

    public void Delivered(int events, string transport) => _delivered.Add(events, Transport(transport));

    /// <param name="events">How many.</param>
    /// <param name="lag">How long ago the last of them was appended; null for those of before this node started.</param>
    public void Read(int events, TimeSpan? lag)
    {
        _read.Add(events);
        if (lag is { } known)
        {
            _lag.Record(Math.Max(0, known.TotalSeconds));
        }
    }

    public void Skipped(string kind)
    {
        _skipped.Add(1, new KeyValuePair<string, object?>("kind", kind));
        Dropped("skipped", kind, 1);
    }

    public void Gap(string reason)
    {
        _gaps.Add(1, new KeyValuePair<string, object?>("reason", reason));
        Dropped("gap", reason, 1);
    }

    public void Ingested(int accepted, int rejected)
    {
        _ingested.Add(accepted);
        _rejected.Add(rejected);
        if (rejected > 0)
        {
            Dropped("rejected", "not valid", rejected);
        }
    }

    public void Stalled(string transport)
    {
        _stalled.Add(1, Transport(transport));
        Dropped("stalled", transport, 1);
    }

    public void HistoryWritten(int events, TimeSpan commit)
    {
        _historyWritten.Add(events);
        _historyCommit.Record(commit.TotalSeconds);
    }

    public void MessageIgnored() => _ignoredMessages.Add(1);

    private void Dropped(string what, string reason, int count) =>
        _drops.AddOrUpdate((what, reason), count, (_, before) => before + count);

    private static KeyValuePair<string, object?> Transport(string transport) => new("transport", transport);
}
