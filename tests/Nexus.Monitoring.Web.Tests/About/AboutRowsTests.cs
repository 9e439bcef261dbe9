using Nexus.Monitoring.Contracts.About;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.About;
using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Tests.About;

public sealed class AboutRowsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Sizes_OfAWholeReport_StandBesideTheirBounds()
    {
        var rows = SizeRow.All(Report(), Noon, Times.Utc).ToDictionary(row => row.What);

        Assert.Equal(("125\u202f000 events", "about 250\u202f000", 0.5), (rows["Log"].Value, rows["Log"].Bound, rows["Log"].Share));
        Assert.Equal(("32\u00a0MiB", "64\u00a0MiB"), (rows["Ring, memory"].Value, rows["Ring, memory"].Bound));
        Assert.Null(rows["History, events"].Share);
        Assert.Contains("2.0\u00a0s behind the log, kept for 90 days", rows["History, events"].Context, StringComparison.Ordinal);
        Assert.Equal("1 stream", rows["Connections"].Value);
    }

    [Fact]
    public void Sizes_FullRingAndFullConnections_OnlyTheSecondIsTight()
    {
        var report = Report();
        var rows = SizeRow.All(report with { Ring = report.Ring with { Events = 65_536 },
            Connections = report.Connections with { Open = 9_500 } }, Noon, Times.Utc);

        Assert.Equal("Connections", Assert.Single(rows, row => row.IsTight).What);
    }

    [Fact]
    public void Sizes_LogIsAway_AreUnknown()
    {
        var rows = SizeRow.All(Report() with { Log = new(false, "Redis does not answer.", null, [], null, 250_000, null, null, null) },
            Noon, Times.Utc);

        Assert.Equal(("unknown", null), (rows[0].Value, rows[0].Share));
    }

    [Fact]
    public void Latencies_NothingMeasured_AreUnknown()
    {
        var dashboard = new DurationHistogram();
        dashboard.Record(9);
        var rows = LatencyRow.All(Report(), dashboard, new DurationHistogram());

        Assert.Equal(["producer to log", "log to API", "log to dashboard", "dashboard to this browser and back"],
            rows.Select(row => row.Way));
        Assert.Equal(["4\u00a0ms", "unknown", "9\u00a0ms", "unknown"], rows.Select(row => LatencyRow.Time(row.P50)));
    }

    private static InstanceReport Report() => new(
        Noon, "node", "1.0", ".NET", "Linux", 2, Noon.AddHours(-1), 100, 50, 1.5,
        new(true, null, "7.4.3", ["localhost:6379"], 125_000, 250_000, 300_000, "1763892000000-0", "1763895600000-0"),
        new(10, 65_536, 32 << 20, 64 << 20, "0-0", "1763895600000-0"),
        new(true, 300_000, 5, 1_000_000, 1, 1_000, 2, 10_000, "1763895600000-0"),
        new(true, null, "/x", "v1.5.6", 1, 300_000, 1 << 20, 1 << 19, 20L << 30, 90 * 86_400, "0-0", "1763895598000-0", 2),
        new(1, 10_000, 3, [new("signalr", 1)]), [], new(true, true, 4),
        [new("producer", "log", 10, 4, 5, 6), new("log", "api", 0, null, null, null)]);
}
