using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Telemetry;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Fixtures;

/// <summary>A log in memory with the tail that follows it, and readers: everything between the log and the transports.</summary>
internal sealed class TailedLog : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LogTail _tail;
    private readonly OlderEntries _older;

    public TailedLog(MemoryLog? log = null, Action<MonitoringApiOptions>? configure = null)
    {
        var options = new MonitoringApiOptions { LogPollInterval = TimeSpan.FromMilliseconds(50), LogRetryDelay = TimeSpan.FromMilliseconds(20) };
        configure?.Invoke(options);
        var wrapped = Options.Create(options);
        Log = log ?? new MemoryLog();
        Metrics = new ApiMetrics(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
        Feed = new LogFeed(wrapped, TimeProvider.System);
        var decoder = new EntryDecoder(wrapped);
        Skipped = new SkippedEntries(Metrics, new FakeLogger<SkippedEntries>(SkipLog));
        _older = new OlderEntries(Log, decoder, wrapped);
        _tail = new LogTail(
            Log, Feed, new LogTailState(), decoder, Skipped, new EventSpans(TimeProvider.System, wrapped), Metrics, TimeProvider.System, wrapped,
            NullLogger<LogTail>.Instance);
    }

    public MemoryLog Log { get; }

    public LogFeed Feed { get; }

    public ApiMetrics Metrics { get; }

    public SkippedEntries Skipped { get; }

    public FakeLogCollector SkipLog { get; } = new();

    public static async Task<TailedLog> StartAsync(MemoryLog? log = null, Action<MonitoringApiOptions>? configure = null)
    {
        var tailed = new TailedLog(log, configure);
        await tailed._tail.StartAsync(CancellationToken.None);
        await Eventually.IsTrueAsync(() => tailed.Feed.Status.IsConnected || tailed.Log.IsAway, "the log has been read");
        return tailed;
    }

    /// <summary>Waits until the tail has come to this entry.</summary>
    public Task ReachesAsync(LogPosition position) =>
        Eventually.IsTrueAsync(() => Feed.Ring.Head.Position >= position, $"the ring reaches {position}");

    public LogReader Reader(
        EventFilter? filter = null, LogPosition? after = null, bool isForeign = false, ReaderLimits? limits = null, ReadAhead? readAhead = null) =>
        new(Feed, _older, limits ?? new ReaderLimits(100, 1_000_000), filter ?? EventFilter.All, after ?? Feed.Ring.Head.Position, isForeign, readAhead);

    public async ValueTask DisposeAsync()
    {
        await _tail.StopAsync(CancellationToken.None);
        _tail.Dispose();
        _older.Dispose();
        await _services.DisposeAsync();
    }
}
