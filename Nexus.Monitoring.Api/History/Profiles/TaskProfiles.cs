using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Profiles;

internal static class TaskProfiles
{
    public const string AttemptEnds = "event_type IN ('task_completed', 'task_failed', 'task_retry')";

    private const int MaxGroups = 1_000;

    public static IReadOnlyList<DurationProfile> Durations(
        DuckDBConnection connection, ProfileScope scope, string by, bool isWait, CancellationToken cancellationToken)
    {
        var value = isWait ? "wait_ms" : "took_ms";
        var sql = scope.Where(new SqlText().Add(
            $"SELECT {ProfileScope.Column(by)} AS k, count(*), avg({value}), quantile_disc({value}, [0.5, 0.9, 0.95, 0.99]) AS q, max({value}) FROM events"));
        sql.Add(isWait ? " AND event_type = 'task_started'" : $" AND {AttemptEnds}").Add($" AND {value} IS NOT NULL GROUP BY k ORDER BY q[4] DESC LIMIT {MaxGroups}");
        return connection.With(cancellationToken).Rows(sql, reader =>
        {
            var quantiles = reader.GetFieldValue<List<long>>(3);
            return new DurationProfile(
                reader.Text(0), reader.GetInt64(1), reader.GetDouble(2), quantiles[0], quantiles[1], quantiles[2], quantiles[3], reader.GetInt64(4));
        });
    }

    public static IReadOnlyList<SlowAttempt> Slowest(DuckDBConnection connection, ProfileScope scope, int limit, CancellationToken cancellationToken)
    {
        var sql = scope.Where(new SqlText().Add(
            "SELECT task_id, run_id, project_id, task_type, phase, worker_id, took_ms, event_type, ms, seq, trace_id FROM events"));
        sql.Add($" AND {AttemptEnds} AND took_ms IS NOT NULL ORDER BY took_ms DESC, ms DESC, seq DESC LIMIT ").Value((long)limit);
        return connection.With(cancellationToken).Rows(sql, reader => new SlowAttempt(
            reader.Text(0), reader.Text(1), reader.Text(2), reader.Text(3), reader.Text(4), (int?)reader.Integer(5), reader.GetInt64(6),
            reader.GetString(7)["task_".Length..], reader.Moment(8), reader.Text(10),
            new LogPosition((ulong)reader.GetInt64(8), (ulong)reader.GetInt64(9)).ToString()));
    }

    public static IReadOnlyList<WorkerUse> Workers(DuckDBConnection connection, ProfileScope scope, CancellationToken cancellationToken)
    {
        var sql = scope.Where(new SqlText().Add(
            """
            SELECT worker_id, count(*) FILTER (event_type = 'task_completed'), count(*) FILTER (event_type <> 'task_completed'),
                   coalesce(sum(least(took_ms, ms -
            """).Add(" ").Value(scope.FromMs).Add(")), 0)::BIGINT FROM events"));
        sql.Add($" AND {AttemptEnds} AND worker_id IS NOT NULL GROUP BY worker_id ORDER BY worker_id LIMIT 10000");
        var period = Math.Max(1, scope.ToMs - scope.FromMs);
        return connection.With(cancellationToken).Rows(sql, reader => new WorkerUse(
            reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), Math.Round((double)reader.GetInt64(3) / period, 4)));
    }
}
