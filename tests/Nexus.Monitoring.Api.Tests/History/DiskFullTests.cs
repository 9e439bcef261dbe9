using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.History;

public sealed class DiskFullTests
{
    private const int Before = 500;
    private const int Meanwhile = 6_000;

    [Fact]
    public async Task DiskFull_HistoryIsRed_TheStreamGoesOnAndNothingIsLost()
    {
        using var disk = SmallDisk.TryCreate(64);
        Assert.SkipUnless(disk is not null, SmallDisk.WhyMissing);
        await using var api = await ApiHost.StartAsync(
            null, ("Monitoring:History:Path", Path.Combine(disk.Path, "events.duckdb")),
                ("Monitoring:History:CommitInterval", "00:00:00.020"),
            ("Monitoring:History:MaxAge", "00:00:00"), ("Monitoring:History:CheckpointMegabytes", "1"));
        var state = api.Services.GetRequiredService<HistoryState>();
        api.Log.Append(Before);
        await Eventually.IsTrueAsync(() => state.Problem is null && state.Head == api.Log.Positions[^1], "the first events are stored");

        disk.Fill();
        for (var i = 0; i < Meanwhile; i++)
        {
            api.Log.Append(Sample.Event(EventTypes.TaskCompleted) with { Message = string.Concat(Enumerable.Range(0, 20).Select(_ =>
                Guid.NewGuid().ToString("N"))) });
        }

        await Eventually.IsTrueAsync(() => state.Problem?.Contains("is full; nothing stored is lost", StringComparison.Ordinal) == true,
            $"history says so: {state.Problem}");
        await Eventually.IsTrueAsync(() => api.Feed.Ring.Head.Position == api.Log.Positions[^1], "the stream goes on");
        using var red = await api.Http.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, red.StatusCode);
        disk.MakeSpace();

        await Eventually.IsTrueAsync(() => state.Problem is null && state.Head == api.Log.Positions[^1], "history has caught up",
            TimeSpan.FromSeconds(60));
        using var database = api.Services.GetRequiredService<HistoryStore>().Current!.Connect();
        Assert.Equal(
            api.Log.Positions,
            database.With(CancellationToken.None).Rows(
                new SqlText().Add("SELECT ms, seq FROM events ORDER BY rowid"),
                row => new LogPosition((ulong)row.GetInt64(0), (ulong)row.GetInt64(1))));
    }
}
