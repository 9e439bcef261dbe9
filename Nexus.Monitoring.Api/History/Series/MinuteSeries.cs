using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Profiles;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.History;

namespace Nexus.Monitoring.Api.History.Series;

/// <summary>The same lines as <see cref="TrendSeries"/>, added up from whole minutes.</summary>
internal static class MinuteSeries
{
    public static SeriesAnswer Read(BoundConnection connection, SeriesQuestion question, MinutePeriod minutes) =>
        question.Metric is "run" or "wait" ? Times(connection, question, minutes) : Counts(connection, question, minutes);

    private static SeriesAnswer Counts(BoundConnection connection, SeriesQuestion question, MinutePeriod minutes)
    {
        var isTasks = question.Metric == "tasks";
        var sql = new SqlText().Add("SELECT ms // ").Value(question.BucketMs)
            .Add($" AS b, {ProfileScope.Column(question.By)} AS k, {(isTasks ? "event_type" : "NULL::VARCHAR")} AS e, sum(n)::BIGINT FROM ");
        minutes.Counts(sql).Add(isTasks ? " WHERE starts_with(event_type, 'task_')" : "").Add(" GROUP BY b, k, e ORDER BY b");
        var points = new Points<long[]>(() => new long[6]);
        connection.Each(sql, reader =>
        {
            var counts = points.Get(reader);
            var n = reader.GetInt64(3);
            var index = reader.Text(2) switch
            {
                EventTypes.TaskEnqueued => 1,
                EventTypes.TaskStarted => 2,
                EventTypes.TaskCompleted => 3,
                EventTypes.TaskFailed => 4,
                EventTypes.TaskRetry => 5,
                null => 0,
                _ => -1,
            };
            counts[0] += index >= 0 ? n : 0;
            counts[Math.Max(index, 0)] += index > 0 ? n : 0;
        });
        return points.Answer(question, (point, counts) => isTasks
            ? TrendSeries.Tasks(point with { Count = counts[0] }, counts[1], counts[2], counts[3], counts[4], counts[5])
            : TrendSeries.Rate(point with { Count = counts[0] }, question));
    }

    private static SeriesAnswer Times(BoundConnection connection, SeriesQuestion question, MinutePeriod minutes)
    {
        var sql = new SqlText().Add("SELECT ms // ").Value(question.BucketMs)
            .Add(" AS b, k::VARCHAR, sum(total)::BIGINT, max(most), list(bucket), list(n) FROM ");
        minutes.Times(sql, question.By, question.Metric == "wait").Add(" GROUP BY b, k");
        var points = new Points<TimeHistogram>(static () => new TimeHistogram());
        connection.Each(sql, reader =>
        {
            var times = points.Get(reader);
            times.AddTotals(reader.GetInt64(2), reader.GetInt64(3));
            foreach (var (bucket, count) in reader.GetFieldValue<List<short>>(4).Zip(reader.GetFieldValue<List<long>>(5)))
            {
                times.Add(bucket, count);
            }
        });
        return points.Answer(question, static (point, times) => point with
        {
            Count = times.Count,
            P50 = times.Percentile(0.5),
            P90 = times.Percentile(0.9),
            P95 = times.Percentile(0.95),
            P99 = times.Percentile(0.99),
            Max = times.Max,
        });
    }

    /// <summary>What is added up for each bucket of each line; as many as an answer has points.</summary>
    private sealed class Points<T>(Func<T> create)
    {
        private readonly Dictionary<(string? Key, long Bucket), T> _points = [];

        /// <summary>That of a row whose first two columns are bucket and key.</summary>
        public T Get(DuckDBDataReader reader)
        {
            var place = (reader.Text(1), reader.GetInt64(0));
            if (!_points.TryGetValue(place, out var point))
            {
                _points[place] = point = create();
            }

            return point;
        }

        public SeriesAnswer Answer(SeriesQuestion question, Func<SeriesPoint, T, SeriesPoint> read)
        {
            var lines = new Dictionary<string, List<SeriesPoint>>(StringComparer.Ordinal);
            var unnamed = new List<SeriesPoint>();
            foreach (var ((key, bucket), value) in _points.OrderBy(point => point.Key.Bucket))
            {
                var line = unnamed;
                if (key is not null && !lines.TryGetValue(key, out line!))
                {
                    lines[key] = line = [];
                }

                line.Add(read(new SeriesPoint(DateTimeOffset.FromUnixTimeMilliseconds(bucket * question.BucketMs)), value));
            }

            return TrendSeries.Answer(question, lines, unnamed);
        }
    }
}
