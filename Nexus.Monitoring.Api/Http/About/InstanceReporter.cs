using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Telemetry;
using Nexus.Monitoring.Api.Watch;
using Nexus.Monitoring.Client;
using Nexus.Monitoring.Contracts.About;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Http.About;

/// <summary>Looks at every part of the node and asks the log and the history; what does not answer is left out.</summary>
internal sealed class InstanceReporter(
    LogFeed feed, ILogSource source, LogServer server, LiveStateView view, HistoryReporter history, StreamCapacity capacity,
        Watcher watcher,
    ApiMetrics metrics, TimeProvider time, IOptions<MonitoringApiOptions> options, IOptions<MonitoringOptions> monitoring)
{
    public static string Version { get; } =
        typeof(InstanceReporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public async Task<InstanceReport> ReportAsync(CancellationToken cancellationToken)
    {
        using var process = Process.GetCurrentProcess();
        return new InstanceReport(
            time.GetUtcNow(), Environment.MachineName, Version, RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription,
            Environment.ProcessorCount, process.StartTime.ToUniversalTime(), process.WorkingSet64,
                GC.GetTotalMemory(forceFullCollection: false),
            Math.Round(process.TotalProcessorTime.TotalSeconds, 3), await LogAsync(), Ring(), State(),
                await history.ReportAsync(cancellationToken),
            Connections(), metrics.Drops, await WatchAsync(),
            [Latency("producer", "log", metrics.ProducerToLog), Latency("log", "api", metrics.LogToNode)]);
    }

    private async Task<LogReport> LogAsync()
    {
        var (status, maxLength) = (feed.Status, monitoring.Value.LogMaxLength);
        try
        {
            var extent = await source.GetExtentAsync();
            var first = await source.ReadAsync(LogPosition.Start, LogPosition.End, 1);
            return new LogReport(
                status.IsConnected, status.Message, server.Version, server.Endpoints, extent.Events, maxLength, extent.Added,
                first.Count > 0 ? first[0].Position.ToString() : null, extent.Last == LogPosition.Start ? null : extent.LastEntry.ToString());
        }
        catch (LogAwayException away)
        {
            return new LogReport(false, away.Message, server.Version, server.Endpoints, null, maxLength, null, null, null);
        }
    }

    private RingReport Ring()
    {
        var ring = feed.Ring;
        return new RingReport(
            ring.Count, options.Value.RingEvents, ring.Bytes, options.Value.RingBytes, ring.Floor.Position.ToString(),
                ring.Head.Position.ToString());
    }

    private StateReport State()
    {
        var limits = new LiveStateLimits();
        return view.Read(state => new StateReport(
            view.IsReady, state.Events, state.TasksHeld, limits.Tasks, state.RunsHeld, limits.Runs,
            state.WorkersOnline, limits.Workers, state.Position.ToString()));
    }

    private ConnectionsReport Connections() => new(
        capacity.Open, capacity.Limit, capacity.Opened,
        [.. capacity.ByTransport.Select(transport => new TransportCount(transport.Key, transport.Value))]);

    private async Task<WatchReport> WatchAsync() =>
        new(monitoring.Value.Enabled, watcher.IsWatching, feed.Status.IsConnected ? await server.ReadWatchTokenAsync() : null);

    private static LatencyReport Latency(string from, string to, RecentDurations recent)
    {
        var measured = recent.Read();
        return new LatencyReport(from, to, measured.Count, measured.Quantile(0.5), measured.Quantile(0.95), measured.Quantile(0.99));
    }
}
