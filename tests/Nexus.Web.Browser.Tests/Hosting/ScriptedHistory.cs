using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Nexus.Monitoring.Contracts.About;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Web.Browser.Tests.Hosting;

/// <summary>
/// What the history of a fake API answers, with numbers that are easy to check: in every minute of any period 120 events, 54 attempts
/// completed, 3 repeated and 3 failed; run times of 1, 2, 3 and 4 s, wait times of 5, 6, 7 and 8 s.
/// </summary>
internal static class ScriptedHistory
{
    private const long Minute = 60_000;

    public static void Script(this FakeApi api)
    {
        Answer(api, "series", Series, MonitoringJson.Context.SeriesAnswer);
        Answer(api, "heatmap", Heatmap, MonitoringJson.Context.HeatmapAnswer);
        Answer(api, "durations", query => Durations(query["kind"] == "wait"), MonitoringJson.Context.IReadOnlyListDurationProfile);
        Answer(api, "slowest", Slowest, MonitoringJson.Context.IReadOnlyListSlowAttempt);
        Answer(api, "workers", _ => [new WorkerUse(3, 40, 2, 1_800_000, 0.5)], MonitoringJson.Context.IReadOnlyListWorkerUse);
        Answer(api, "errors", Errors, MonitoringJson.Context.IReadOnlyListErrorGroupProfile);
        Answer(api, "compare", _ => Compared, MonitoringJson.Context.IReadOnlyListComparedProfile);
        api.Answers["/api/about"] = _ => Json(Report(), MonitoringJson.Context.InstanceReport);
    }

    private static IReadOnlyList<ComparedProfile> Compared { get; } =
    [
        new("search", "gather", new(100, 1, 1000, 2000, 10, 20), new(120, 12, 1500, 2500, 10, 30), 0.5, ["HTTP 503 from provider"]),
        new("report", null, new(10, 0, 800, 900, 5, 6), null, null, []),
    ];

    private static (long From, long To) Period(IQueryCollection query) => (Time(query["from"]!), Time(query["to"]!));

    private static long Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();

    private static IEnumerable<DateTimeOffset> Minutes(IQueryCollection query)
    {
        var (from, to) = Period(query);
        for (var at = from - (from % Minute); at < to; at += Minute)
        {
            yield return DateTimeOffset.FromUnixTimeMilliseconds(at);
        }
    }

    private static SeriesAnswer Series(IQueryCollection query)
    {
        var points = Minutes(query).Select(at => query["metric"].ToString() switch
        {
            "tasks" => new SeriesPoint(at) { Completed = 54, Retried = 3, Failed = 3, ErrorRate = 0.1 },
            "run" => new SeriesPoint(at) { Count = 60, P50 = 1000, P90 = 2000, P95 = 3000, P99 = 4000 },
            "wait" => new SeriesPoint(at) { Count = 60, P50 = 5000, P90 = 6000, P95 = 7000, P99 = 8000 },
            "queue" => new SeriesPoint(at) { Count = 1, Last = 17 },
            _ => new SeriesPoint(at) { Count = 120, Rate = 2 },
        }).ToList();
        string?[] keys = query["metric"] == "queue" ? ["search", "low_priority"] : query["by"].Count > 0 ? ["alpha", "beta"] : [null];
        var (from, to) = Period(query);
        return new SeriesAnswer(
            DateTimeOffset.FromUnixTimeMilliseconds(from - (from % Minute)), DateTimeOffset.FromUnixTimeMilliseconds(to), Minute,
            [.. keys.Select(key => new SeriesLine(key, points))]);
    }

    private static HeatmapAnswer Heatmap(IQueryCollection query)
    {
        var (from, to) = Period(query);
        return new HeatmapAnswer(
            DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(to), Minute,
            [new(1000, 1414.2), new(1414.2, 2000), new(2000, 2828.4)],
            [.. Minutes(query).Select((at, i) => new HeatmapColumn(at, [5, i % 7, 1]))]);
    }

    private static IReadOnlyList<DurationProfile> Durations(bool isWait) => isWait
        ? [new("search", 55, 5200, 5000, 6000, 7000, 8000, 9000)]
        : [new("search", 54, 1200, 1000, 2000, 3000, 4000, 65_000), new("report", 6, 100, 90, 95, 98, 99, 100)];

    private static IReadOnlyList<SlowAttempt> Slowest(IQueryCollection query) =>
    [
        new("task-1", "run-1", "atlas", "search", "gather", 3, 65_000, "failed", DateTimeOffset.FromUnixTimeMilliseconds(Period(query).To),
            "4bf92f3577b34da6a3ce929d0e0e4736", "1-0"),
    ];

    private static IReadOnlyList<ErrorGroupProfile> Errors(IQueryCollection query)
    {
        var (from, to) = Period(query);
        return
        [
            new("f", "HTTP 503 from provider, retry in ‹n› s", 14, 3, DateTimeOffset.FromUnixTimeMilliseconds(from),
                DateTimeOffset.FromUnixTimeMilliseconds(to), 2, ["run-1", "run-2"], ["search"], "HTTP 503 from provider, retry in 2 s",
                    "task-1"),
        ];
    }

    private static InstanceReport Report()
    {
        var now = DateTimeOffset.UtcNow;
        var position = $"{now.ToUnixTimeMilliseconds()}-0";
        return new InstanceReport(
            now, "node-of-the-test", "1.2.3", ".NET 10", "Linux", 2, now.AddHours(-2), 200 << 20, 50 << 20, 72,
            new(true, null, "7.4.3", ["localhost:6379"], 125_000, 250_000, 400_000, "1763892000000-0", position),
            new(65_536, 65_536, 32 << 20, 64 << 20, "1763892000000-0", position),
            new(true, 400_000, 5_000, 1_000_000, 12, 1_000, 12, 10_000, position),
            new(true, null, "/data/events.duckdb", "v1.5.6", 1, 400_000, 40 << 20, 39 << 20, 20L << 30, 90 * 86_400, "0-0", position, 0.8),
            new(2, 10_000, 9, [new("signalr", 1), new("websocket", 1)]), [new("gap", "retention", 2)], new(true, true, 4),
            [new("producer", "log", 600, 4, 9, 12), new("log", "api", 600, 2, 3, 5)]);
    }

    private static void Answer<T>(FakeApi api, string path, Func<IQueryCollection, T> answer, JsonTypeInfo<T> type) =>
        api.Answers[$"/api/stats/{path}"] = query => Json(answer(query), type);

    private static IResult Json<T>(T answer, JsonTypeInfo<T> type) =>
        Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(answer, type), "application/json");
}
