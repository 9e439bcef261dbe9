using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.About;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using System.Net.Http.Json;

namespace Nexus.Monitoring.Api.Tests.Http;

public sealed class AboutTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nexus-about-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Report_EventsWereRead_CountsThemInEveryPart()
    {
        await using var api = await ApiHost.StartAsync(
            settings: [("Monitoring:History:Path", Path.Combine(_folder.FullName, "events.duckdb")), ("Monitoring:History:CommitInterval", "00:00:00.010")]);
        var now = DateTimeOffset.UtcNow;
        for (var i = 0; i < 7; i++)
        {
            var one = Sample.Event(EventTypes.TaskStarted, "atlas") with { TaskId = $"t{i}", Timestamp = now - TimeSpan.FromSeconds(2) };
            api.Log.AppendAt((ulong)now.ToUnixTimeMilliseconds() + (ulong)i, one);
        }

        InstanceReport report = null!;
        await Eventually.IsTrueAsync(
            async () => (report = await ReadAsync(api)) is { Ring.Events: 7, State.Tasks: 7, History.Events: 7 }, "all parts have seen the events");

        Assert.Equal((7, report.Log.Last, report.Log.Last), (report.Log.Length, report.Ring.Upto, report.State.Upto));
        Assert.True(report.Ring.Bytes is > 500 and < 5_000);
        Assert.Equal((65_536, 67_108_864, 1_000_000), (report.Ring.MaxEvents, report.Ring.MaxBytes, report.State.MaxTasks));
        Assert.True(report.History is { IsKept: true, FileBytes: > 0, MaxBytes: 21_474_836_480, Database: ['v', ..], Problem: null });
        Assert.All(report.Latencies, way => Assert.Equal(7, way.Count));
        Assert.InRange(report.Latencies.Single(way => way.From == "producer").P50!.Value, 1_900, 2_100);
        Assert.InRange(report.Latencies.Single(way => way.From == "log").P50!.Value, 0, 5_000);
        Assert.True(report.StartedAt < report.At && report.WorkingSetBytes > 0 && report.ProcessorSeconds > 0);
        Assert.Empty(report.Drops);
    }

    [Fact]
    public async Task Report_StreamsOpen_CountsThemByTransportAndForgetsThem()
    {
        await using var api = await ApiHost.StartAsync();
        await using (await api.ConnectAsync())
        {
            var open = (await ReadAsync(api)).Connections;
            Assert.Equal((1L, 10_000L), (open.Open, open.Limit));
            Assert.Equal(1, Assert.Single(open.Transports).Open);
        }

        await Eventually.IsTrueAsync(async () => (await ReadAsync(api)).Connections is { Open: 0, Opened: 1 }, "the stream is gone");
    }

    [Fact]
    public async Task Report_SomethingIsWrong_SaysWhatAndLeavesOutWhatIsUnknown()
    {
        await using var api = await ApiHost.StartAsync();
        api.Log.Append("no json");
        await Eventually.IsTrueAsync(async () => (await ReadAsync(api)).Drops.Count > 0, "the entry is skipped");
        api.Log.IsAway = true;
        InstanceReport report = null!;
        await Eventually.IsTrueAsync(async () => !(report = await ReadAsync(api)).Log.IsConnected, "the log is away");

        Assert.Equal(new DropCount("skipped", "bad_json", 1), Assert.Single(report.Drops));
        Assert.NotNull(report.Log.Problem);
        Assert.True(report.Log is { Length: null, First: null, Server: null });
        Assert.False(report.History.IsKept);
        Assert.True(report.Watch is { IsThisNode: false, Token: null });
        Assert.All(report.Latencies, way => Assert.True(way is { Count: 0, P50: null }));
    }

    private static async Task<InstanceReport> ReadAsync(ApiHost api) =>
        (await api.Http.GetFromJsonAsync(new Uri("/api/about", UriKind.Relative), MonitoringJson.Context.InstanceReport))!;
}
