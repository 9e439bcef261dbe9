using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Profiles;

internal static class TaskProfiles
{
    public const string AttemptEnds = "event_type IN ('task_completed', 'task_failed', 'task_retry')";

    private const int MaxGroups = 1_000;

    public static IReadOnlyList<DurationProfile> Durations(
        DuckDBConnection connection, ProfileScope scope, string by, bool isWait, CancellationToken cancellationToken)
    {
        if (by != "event_type" && MinutePeriod.Of(connection.With(cancellationToken), scope) is { } minutes)
        {
            return DurationsByMinute(connection.With(cancellationToken), minutes, by, isWait);
        }

        var value = isWait ? "wait_ms" : "took_ms";
        var sql = scope.Where(new SqlText().Add(
            $"SELECT {ProfileScope.Column(by)} AS k, count(*), avg({value}), quantile_disc({value}, [0.5, 0.9, 0.95, 0.99]) AS q, max({value}) FROM events"));
        sql.Add(isWait ? " AND event_type = 'task_started'"
            : $" AND {AttemptEnds}").Add($" AND {value} IS NOT NULL GROUP BY k ORDER BY q[4] DESC LIMIT {MaxGroups}");
        return connection.With(cancellationToken).Rows(sql, reader =>
        {
            var quantiles = reader.GetFieldValue<List<long>>(3);
            return new DurationProfile(
                reader.Text(0), reader.GetInt64(1), reader.GetDouble(2), quantiles[0], quantiles[1], quantiles[2], quantiles[3],
                    reader.GetInt64(4));
        });
    }

    public static IReadOnlyList<SlowAttempt> Slowest(DuckDBConnection connection, ProfileScope scope, int limit,
        CancellationToken cancellationToken)
    {
        var sql = scope.Where(new SqlText().Add(
            "SELECT task_id, run_id, project_id, task_type, phase, worker_id, took_ms, event_type, ms, seq, trace_id FROM events"));
        sql.Add(" AND took_ms >= ").Value(LeastOfSlowest(connection.With(cancellationToken), scope, limit));
        sql.Add($" AND {AttemptEnds} ORDER BY took_ms DESC, ms DESC, seq DESC LIMIT ").Value((long)limit);
        return connection.With(cancellationToken).Rows(sql, reader => new SlowAttempt(
            reader.Text(0), reader.Text(1), reader.Text(2), reader.Text(3), reader.Text(4), (int?)reader.Integer(5), reader.GetInt64(6),
            reader.GetString(7)["task_".Length..], reader.Moment(8), reader.Text(10),
            new LogPosition((ulong)reader.GetInt64(8), (ulong)reader.GetInt64(9)).ToString()));
    }

    /// <summary>How long the slowest ran at least, so that all others are passed over; 0 when that is not known beforehand.</summary>
    private static long LeastOfSlowest(BoundConnection connection, ProfileScope scope, int limit)
    {
        if (MinutePeriod.Of(connection, scope) is not { } minutes)
        {
            return 0;
        }

        var sql = minutes.Times(new SqlText().Add("SELECT bucket, sum(n)::BIGINT FROM "), null,
            isWait: false).Add(" GROUP BY bucket ORDER BY bucket DESC");
        var seen = 0L;
        foreach (var (bucket, count) in connection.Rows(sql, reader => (reader.GetInt16(0), reader.GetInt64(1))))
        {
            seen += count;
            if (seen >= limit)
            {
                return TimeBuckets.Least(bucket);
            }
        }

        return 0;
    }

    public static IReadOnlyList<WorkerUse> Workers(DuckDBConnection connection, ProfileScope scope, CancellationToken cancellationToken)
    {
        var period = Math.Max(1, scope.ToMs - scope.FromMs);
        WorkerUse Read(DuckDBDataReader reader) => new(
            reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3),
                Math.Round((double)reader.GetInt64(3) / period, 4));
        if (MinutePeriod.Of(connection.With(cancellationToken), scope) is { } minutes)
        {
            var added = minutes.Workers(new SqlText().Add("SELECT worker_id, sum(completed)::BIGINT, sum(failed)::BIGINT, sum(busy_ms)::BIGINT FROM "))
                .Add(" GROUP BY worker_id ORDER BY worker_id LIMIT 10000");
            return connection.With(cancellationToken).Rows(added, Read);
        }

        var sql = scope.Where(new SqlText().Add(
            """
            SELECT worker_id, count(*) FILTER (event_type = 'task_completed'), count(*) FILTER (event_type <> 'task_completed'),
                   coalesce(sum(least(took_ms, ms -
            """).Add(" ").Value(scope.FromMs).Add(")), 0)::BIGINT FROM events"));
        sql.Add($" AND {AttemptEnds} AND worker_id IS NOT NULL GROUP BY worker_id ORDER BY worker_id LIMIT 10000");
        return connection.With(cancellationToken).Rows(sql, Read);
    }

    private static IReadOnlyList<DurationProfile> DurationsByMinute(BoundConnection connection, MinutePeriod minutes, string by,
        bool isWait)
    {
        var groups = new Dictionary<string, TimeHistogram>(StringComparer.Ordinal);
        var unnamed = new TimeHistogram();
        var sql = minutes.Times(new SqlText().Add("SELECT k, bucket, sum(n)::BIGINT, sum(total)::BIGINT, max(most) FROM "), by, isWait)
            .Add(" GROUP BY k, bucket");
        connection.Each(sql, reader =>
        {
            var histogram = unnamed;
            if (reader.Text(0) is { } key && !groups.TryGetValue(key, out histogram!))
            {
                groups[key] = histogram = new TimeHistogram();
            }

            histogram.Add(reader.GetInt16(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
        });
        var all = groups.Select(group => Profile(group.Key, group.Value)).Concat(unnamed.Count > 0 ? [Profile(null, unnamed)] : []);
        return [.. all.OrderByDescending(profile => profile.P99).Take(MaxGroups)];
    }

    private static DurationProfile Profile(string? key, TimeHistogram times) => new(
        key, times.Count, times.Average, times.Percentile(0.5), times.Percentile(0.9), times.Percentile(0.95), times.Percentile(0.99),
            times.Max);
}
