using Nexus.Monitoring.Contracts.About;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.About;

/// <summary>A part of an event's way, in words.</summary>
public sealed record LatencyRow(string Way, string Measured, long Count, double? P50, double? P95, double? P99)
{
    /// <summary>The whole way, each part as whoever stands at its end measures it.</summary>
    public static IReadOnlyList<LatencyRow> All(InstanceReport report, DurationHistogram dashboard, DurationHistogram browser) =>
    [
        .. report.Latencies.Select(part => new LatencyRow(
            $"{Name(part.From)} to {Name(part.To)}", "two clocks, every event of the last minute", part.Count, part.P50, part.P95,
                part.P99)),
        Of("log to dashboard", "two clocks, every event of the last 10 s", dashboard),
        Of("dashboard to this browser and back", "one clock, until its next picture, once a second of the last minute", browser),
    ];

    public static string Time(double? milliseconds) =>
        milliseconds is { } known ? Durations.Text(TimeSpan.FromMilliseconds(known)) : "unknown";

    private static LatencyRow Of(string way, string measured, DurationHistogram times) =>
        new(way, measured, times.Count, times.Quantile(0.5), times.Quantile(0.95), times.Quantile(0.99));

    private static string Name(string place) => place == "api" ? "API" : place;
}
