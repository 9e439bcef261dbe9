using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Profiles;

internal static class TaskProfiles
{
    private const int MaxGroups = 1_000;

    public static IReadOnlyList<DurationProfile> Durations(
        DuckDBConnection connection, ProfileScope scope, string by, bool isWait, CancellationToken cancellationToken)
    {
        if (MinutePeriod.OfTimes(connection.With(cancellationToken), scope, by) is { } minutes)
        {
            return DurationsByMinute(connection.With(cancellationToken), minutes, by, isWait);
        }

        var (table, value, rows) = TimesSource.Of(scope, isWait, ProfileScope.Field(by));
        var sql = scope.Where(new SqlText().Add(
            $"SELECT {ProfileScope.Column(by)} AS k, count(*), avg({value}), quantile_disc({value}, [0.5, 0.9, 0.95, 0.99]) AS q, "
            + $"max({value}) FROM {table}"));
        sql.Add($" AND {rows} AND {value} IS NOT NULL GROUP BY k ORDER BY q[4] DESC LIMIT {MaxGroups}");
        return connection.With(cancellationToken).Rows(sql, reader =>
        {
            var quantiles = reader.GetFieldValue<List<long>>(3);
            return new DurationProfile(
                reader.Text(0), reader.GetInt64(1), reader.GetDouble(2), quantiles[0], quantiles[1], quantiles[2], quantiles[3],
                reader.GetInt64(4));
        });
    }

    /// <summary>The attempts that ran longest. They are found among the ends of attempts where these can tell, else among all events.</summary>
    public static IReadOnlyList<SlowAttempt> Slowest(
        DuckDBConnection connection, ProfileScope scope, int limit, RecentRows<SlowAttempt> told, CancellationToken cancellationToken)
    {
        var bound = connection.With(cancellationToken);
        var (table, ran, rows) = TimesSource.Of(scope, isWait: false);
        var sql = scope.Where(new SqlText().Add($"SELECT ms, seq, {ran} AS ran FROM {table}"));
        sql.Add($" AND {rows} AND ran IS NOT NULL ORDER BY ran DESC, ms DESC, seq DESC LIMIT ").Value((long)limit);
        var found = bound.Rows(sql, row => (Position: row.Position(), Ran: row.GetInt64(2)));
        if (found.Count == 0)
        {
            return [];
        }

        var ranFor = found.ToDictionary(one => one.Position, one => one.Ran);
        var attempts = new Dictionary<LogPosition, SlowAttempt>(found.Count);
        KnownRows.Each(
            bound, "events", "task_id, run_id, project_id, task_type, phase, worker_id, event_type, trace_id", told.Find(ranFor.Keys, attempts),
            (position, row) => attempts[position] = told.Remember(position, new SlowAttempt(
                row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6), (int?)row.Integer(7), ranFor[position],
                row.GetString(8)["task_".Length..], position.Time, row.Text(9), position.ToString())));
        return [.. found.Where(one => attempts.ContainsKey(one.Position)).Select(one => attempts[one.Position])];
    }

    public static IReadOnlyList<WorkerUse> Workers(DuckDBConnection connection, ProfileScope scope, CancellationToken cancellationToken)
    {
        var period = Math.Max(1, scope.ToMs - scope.FromMs);
        WorkerUse Read(DuckDBDataReader reader) => new(
            reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3),
            Math.Round((double)reader.GetInt64(3) / period, 4));
        var bound = connection.With(cancellationToken);
        if (MinutePeriod.Of(bound, scope, MinuteDimensions.OfWorkers) is { } minutes)
        {
            var added = minutes.Workers(
                    new SqlText().Add("SELECT worker_id, sum(completed)::BIGINT, sum(failed)::BIGINT, coalesce(sum(busy_ms), 0)::BIGINT FROM "),
                    minutes.Longest(bound))
                .Add(" GROUP BY worker_id ORDER BY worker_id LIMIT 10000");
            return bound.Rows(added, Read);
        }

        var (table, ran, rows) = TimesSource.Of(scope, isWait: false);
        var sql = scope.Where(new SqlText().Add(
            $"""
            SELECT worker_id, count(*) FILTER (event_type = 'task_completed'), count(*) FILTER (event_type <> 'task_completed'),
                   coalesce(sum({AttemptSql.Since(scope.FromMs, ran)}), 0)::BIGINT FROM {table}
            """));
        sql.Add($" AND {rows} AND worker_id IS NOT NULL GROUP BY worker_id ORDER BY worker_id LIMIT 10000");
        return bound.Rows(sql, Read);
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
