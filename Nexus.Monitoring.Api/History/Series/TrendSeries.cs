using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Profiles;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Contracts.History;

namespace Nexus.Monitoring.Api.History.Series;

internal static class TrendSeries
{
    private const int MaxLines = 100;

    private static readonly string[] TaskEvents = ["enqueued", "started", "completed", "failed", "retry"];

    public static SeriesAnswer Read(DuckDBConnection connection, SeriesQuestion question, CancellationToken cancellationToken)
    {
        var scope = question.Scope;
        var bound = connection.With(cancellationToken);
        if (question.CanBeMinutes && Minutes(bound, question) is { } minutes)
        {
            return MinuteSeries.Read(bound, question, minutes);
        }

        var lines = new Dictionary<string, List<SeriesPoint>>();
        var unnamed = new List<SeriesPoint>();
        bound.Each(Sql(question), reader =>
        {
            var line = unnamed;
            if (reader.Text(1) is { } key && !lines.TryGetValue(key, out line!))
            {
                lines[key] = line = [];
            }

            line.Add(Point(reader, question));
        });
        return Answer(question, lines, unnamed);
    }

    /// <summary>The lines with most events first, and last what has no name.</summary>
    public static SeriesAnswer Answer(SeriesQuestion question, Dictionary<string, List<SeriesPoint>> lines, List<SeriesPoint> unnamed)
    {
        var (scope, width) = (question.Scope, question.BucketMs);
        var from = scope.FromMs - (scope.FromMs % width);
        var named = lines.Select(line => new SeriesLine(line.Key, line.Value))
            .OrderByDescending(line => line.Points.Sum(point => point.Count ?? point.Started ?? 0)).ThenBy(line => line.Key,
                StringComparer.Ordinal);
        IEnumerable<SeriesLine> rest = unnamed.Count > 0 ? [new SeriesLine(null, unnamed)] : [];
        return new SeriesAnswer(
            DateTimeOffset.FromUnixTimeMilliseconds(from), scope.To, width, [.. named.Concat(rest).Take(MaxLines)]);
    }

    public static SeriesPoint Rate(SeriesPoint point, SeriesQuestion question) =>
        point with { Rate = Math.Round((point.Count ?? 0) * 1000.0 / question.BucketMs, 3) };

    public static SeriesPoint Tasks(SeriesPoint point, long enqueued, long started, long completed, long failed, long retried)
    {
        var ended = completed + failed + retried;
        return point with
        {
            Enqueued = enqueued,
            Started = started,
            Completed = completed,
            Failed = failed,
            Retried = retried,
            ErrorRate = ended > 0 ? Math.Round((double)(failed + retried) / ended, 4) : null,
        };
    }

    private static MinutePeriod? Minutes(BoundConnection bound, SeriesQuestion question) => question.Metric is "run" or "wait"
        ? MinutePeriod.OfTimes(bound, question.Scope, question.By)
        : MinutePeriod.Of(bound, question.Scope, MinuteDimensions.OfEvents);

    private static SqlText Sql(SeriesQuestion question)
    {
        var sql = new SqlText().Add("SELECT ms // ").Value(question.BucketMs).Add(" AS b, ");
        if (question.Metric == "queue")
        {
            question.Scope.Where(sql.Add("name AS k, count(*), avg(depth), max(depth), arg_max(depth, (ms, seq)) FROM queue_depths"));
            return sql.Add(" GROUP BY b, k ORDER BY b");
        }

        TimesSource? timed = question.Metric is "wait" or "run"
            ? TimesSource.Of(question.Scope, question.Metric == "wait", ProfileScope.Field(question.By))
            : null;
        sql.Add($"{ProfileScope.Column(question.By)} AS k, count(*)").Add(question.Metric switch
        {
            _ when timed is { } times => $", quantile_disc({times.Value}, [0.5, 0.9, 0.95, 0.99]), max({times.Value})",
            "tasks" => string.Concat(TaskEvents.Select(
                type => $", count(*) FILTER (event_type = 'task_{type}')")),
            _ => "",
        });
        question.Scope.Where(sql.Add($" FROM {timed?.Table ?? "events"}")).Add(question.Metric switch
        {
            _ when timed is { } times => $" AND {times.Rows} AND {times.Value} IS NOT NULL",
            "tasks" => " AND event_type IN ('task_enqueued', 'task_started', 'task_completed', 'task_failed', 'task_retry')",
            _ => "",
        });
        return sql.Add(" GROUP BY b, k ORDER BY b");
    }

    private static SeriesPoint Point(DuckDBDataReader reader, SeriesQuestion question)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(0) * question.BucketMs);
        var point = new SeriesPoint(at) { Count = reader.GetInt64(2) };
        switch (question.Metric)
        {
            case "wait" or "run":
                var quantiles = reader.GetFieldValue<List<long>>(3);
                return point with { P50 = quantiles[0], P90 = quantiles[1], P95 = quantiles[2], P99 = quantiles[3], Max = reader.GetInt64(4) };
            case "queue":
                return point with { Average = Math.Round(reader.GetDouble(3), 3), Max = reader.GetInt64(4), Last = reader.GetInt64(5) };
            case "tasks":
                return Tasks(point, reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7));
            default:
                return Rate(point, question);
        }
    }
}
