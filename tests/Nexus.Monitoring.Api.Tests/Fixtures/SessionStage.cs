using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Telemetry;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Fixtures;

/// <summary>What sessions share, over a log in memory, on a clock that the test turns.</summary>
internal sealed class SessionStage : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SessionSweep _sweep;
    private readonly OlderEntries _older;

    public SessionStage(TimeProvider time, Action<MonitoringApiOptions>? configure = null)
    {
        var options = new MonitoringApiOptions();
        configure?.Invoke(options);
        var wrapped = Options.Create(options);
        Feed = new LogFeed(wrapped, time);
        _sweep = new SessionSweep(time, wrapped);
        _older = new OlderEntries(Log, new EntryDecoder(wrapped), wrapped);
        var metrics = new ApiMetrics(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
        Context = new SessionContext(Feed, _older, new NoSnapshot(), _sweep, metrics, time, wrapped);
    }

    public MemoryLog Log { get; } = new();

    public LogFeed Feed { get; }

    public SessionContext Context { get; }

    public async ValueTask DisposeAsync()
    {
        _sweep.Dispose();
        _older.Dispose();
        await _services.DisposeAsync();
    }

    private sealed class NoSnapshot : ISnapshotSource
    {
        public LogEntry Create() => EntryEncoder.EncodeAlone("{\"event_type\":\"none\"}"u8, LogPosition.Start, default);
    }
}
