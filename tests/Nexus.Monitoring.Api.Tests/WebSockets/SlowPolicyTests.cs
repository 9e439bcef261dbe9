using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Nexus.Monitoring.Api.Telemetry;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.WebSockets;

public sealed class SlowPolicyTests
{
    private static readonly string Big = new('x', 9000);

    [Fact]
    public async Task Slow_SomethingElse_IsA400ThatNamesIt()
    {
        await using var api = await ApiHost.StartAsync();

        using var answer = await api.Http.GetAsync(new Uri("/ws/monitoring?slow=never", UriKind.Relative));
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("slow is 'never'; catch-up, skip or disconnect is allowed.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Skip_FallenBehind_IsAGapThenLive()
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:SlowConsumerEvents", "100"));
        await using var client = await api.ConnectAsync("?format=batch&slow=skip");
        var upto = Upto(await client.ReceivesAsync("events"));
        var positions = await AppendMoreThanBuffersHoldAsync(api);

        var received = new List<LogPosition>();
        LogPosition? gapEnd = null;
        while (upto < positions[^1])
        {
            var message = (await client.NextAsync())!.Value;
            Assert.Equal(upto.ToString(), message.GetProperty("after").GetString());
            upto = Upto(message);
            if (message.GetProperty("type").GetString() == "gap")
            {
                Assert.Equal("slow_consumer", message.GetProperty("reason").GetString());
                gapEnd = upto;
                var lost = positions.Where(p => p > received[^1] && p <= upto).ToList();
                Assert.Equal(lost.Count, message.GetProperty("missed").GetInt64());
                received.AddRange(lost);
                continue;
            }

            received.AddRange(Events(message));
        }

        Assert.NotNull(gapEnd);
        Assert.Equal(positions, received);
        var live = api.Log.Append(Sample.Event());
        Assert.Equal([live], Events(await client.ReceivesAsync("events")));
    }

    [Fact]
    public async Task Disconnect_FallenBehind_Is4001WithTheCursorUpToWhichAllCame()
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:SlowConsumerEvents", "100"));
        await using var client = await api.ConnectAsync("?slow=disconnect");
        await client.ReceivesSnapshotAsync();
        var positions = await AppendMoreThanBuffersHoldAsync(api);

        var received = new List<LogPosition>();
        while (await client.NextAsync() is { } message)
        {
            received.Add(LogPosition.Parse(message.GetProperty("cursor").GetString()!));
        }

        Assert.Equal(4001, (int)client.CloseStatus!.Value);
        Assert.Equal(received[^1], LogPosition.Parse(client.CloseReason!.Split("cursor=")[1]));
        Assert.Equal(positions.Take(received.Count), received);
        Assert.True(received.Count < positions.Count);
    }

    [Fact]
    public async Task CatchUp_FallenBehind_MissesNothing()
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:SlowConsumerEvents", "100"), ("Monitoring:RingEvents", "256"));
        await using var client = await api.ConnectAsync();
        await client.ReceivesSnapshotAsync();
        var positions = await AppendMoreThanBuffersHoldAsync(api);

        Assert.Equal(positions, await client.ReceivesEventsAsync(positions.Count));
    }

    [Fact]
    public async Task CatchUp_FurtherBehindThanAllowed_IsAGapThenLive()
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:CatchUpEvents", "1000"));
        await using var client = await api.ConnectAsync("?format=batch");
        var upto = Upto(await client.ReceivesAsync("events"));
        var positions = await AppendMoreThanBuffersHoldAsync(api, 4000);

        var gaps = new List<JsonElement>();
        var received = 0L;
        while (upto < positions[^1])
        {
            var message = (await client.NextAsync())!.Value;
            Assert.Equal(upto.ToString(), message.GetProperty("after").GetString());
            upto = Upto(message);
            if (message.GetProperty("type").GetString() == "gap")
            {
                gaps.Add(message);
                received += message.GetProperty("missed").GetInt64();
                continue;
            }

            received += Events(message).Count();
        }

        Assert.All(gaps, gap => Assert.Equal("slow_consumer", gap.GetProperty("reason").GetString()));
        Assert.All(gaps, gap => Assert.True(gap.GetProperty("missed").GetInt64() > 1000));
        Assert.NotEmpty(gaps);
        Assert.Equal(positions.Count, received);
    }

    /// <summary>Returns when the client's stream waits: one that is only late would keep up with who begins to read.</summary>
    private static async Task<IReadOnlyList<LogPosition>> AppendMoreThanBuffersHoldAsync(ApiHost api, int count = 2000)
    {
        using var delivered = new MetricCollector<long>(
            api.Services.GetRequiredService<IMeterFactory>(), ApiMetrics.MeterName, "nexus.monitoring.delivered");
        var positions = new List<LogPosition>();
        for (var i = 0; i < count; i++)
        {
            positions.Add(api.Log.Append(Sample.Event() with { Message = Big }));
        }

        await api.FoldsAsync(positions[^1]);
        await Eventually.IsTrueAsync(
            async () =>
            {
                var before = Sum();
                await Task.Delay(TimeSpan.FromMilliseconds(300));
                return before >= 100 && Sum() == before;
            },
            "the buffers are full");
        return positions;

        long Sum() => delivered.GetMeasurementSnapshot().Sum(measured => measured.Value);
    }

    private static LogPosition Upto(JsonElement message) => LogPosition.Parse(message.GetProperty("upto").GetString()!);

    private static IEnumerable<LogPosition> Events(JsonElement message) =>
        message.GetProperty("events").EnumerateArray().Select(e => LogPosition.Parse(e.GetProperty("cursor").GetString()!));
}
