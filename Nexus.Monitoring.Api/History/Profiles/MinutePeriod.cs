using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.History.Writing;

namespace Nexus.Monitoring.Api.History.Profiles;

/// <summary>
/// A period in whole minutes that are counted already, from <paramref name="Begin"/> up to and without <paramref name="End"/>, and what is
/// left of it at
/// both ends, which is counted when asked.
/// </summary>
internal readonly record struct MinutePeriod(ProfileScope Scope, long Begin, long End)
{
    /// <summary>Shorter periods are counted exactly, event by event.</summary>
    private const long Shortest = 30 * MinuteCounts.Minute;

    /// <summary>Null when the question is not one that minutes can answer which are counted by these fields.</summary>
    public static MinutePeriod? Of(BoundConnection connection, ProfileScope scope, IReadOnlyCollection<string> fields) =>
        QueryFields.AreWithin(scope.Query, fields) ? Of(connection, scope) : null;

    /// <summary>The same for the times of each value of a dimension, or of all of them.</summary>
    public static MinutePeriod? OfTimes(BoundConnection connection, ProfileScope scope, string? by) =>
        MinuteDimensions.TableOfTimes(ProfileScope.Field(by), scope.Query) is null ? null : Of(connection, scope);

    /// <summary>Rows of <c>ms, project_id, event_type, task_type, phase, n</c>.</summary>
    public SqlText Counts(SqlText sql)
    {
        Minutes(sql.Add("(SELECT minute AS ms, project_id, event_type, task_type, phase, n FROM minutes"));
        return Ends(sql, "ms, project_id, event_type, task_type, phase, 1", "true").Add(")");
    }

    /// <summary>Rows of <c>ms, k, bucket, n, total, most</c>.</summary>
    public SqlText Times(SqlText sql, string? by, bool isWait)
    {
        var column = ProfileScope.Column(by);
        Minutes(sql.Add($"(SELECT minute AS ms, {column} AS k, bucket, n, total, most FROM ")
            .Add(MinuteDimensions.TableOfTimes(ProfileScope.Field(by), Scope.Query)!));
        sql.Add(isWait ? " AND is_wait" : " AND NOT is_wait");
        var (_, value, types) = TimesSource.OfEvents(isWait);
        return Ends(sql, $"ms, {column}, {TimeBuckets.Sql(value)}, 1, {value}, {value}", $"{types} AND {value} IS NOT NULL").Add(")");
    }

    /// <summary>Rows of <c>task_type, phase, is_wait, bucket, n, total, most</c>.</summary>
    public SqlText TaskTimes(SqlText sql)
    {
        Minutes(sql.Add("(SELECT task_type, phase, is_wait, bucket, n, total, most FROM minute_task_times"));
        const string Value = $"CASE WHEN event_type = 'task_started' THEN wait_ms ELSE {AttemptSql.Took} END";
        return Ends(
            sql, $"task_type, phase, event_type = 'task_started', {TimeBuckets.Sql($"({Value})")}, 1, {Value}, {Value}",
            $"event_type IN ('task_started', 'task_completed', 'task_failed', 'task_retry') AND {Value} IS NOT NULL").Add(")");
    }

    /// <summary>Rows of <c>worker_id, completed, failed, busy_ms</c>; of what began before the period, only what lies in it.</summary>
    /// <param name="sql">Where to write them.</param>
    /// <param name="longest">The longest attempt that ended in one of the minutes.</param>
    public SqlText Workers(SqlText sql, long longest)
    {
        Minutes(sql.Add("(SELECT worker_id, completed, failed, busy_ms FROM minute_workers"));
        const string IsCompleted = "event_type = 'task_completed'";
        Ends(
            sql,
            $"worker_id, ({IsCompleted})::BIGINT, (NOT {IsCompleted})::BIGINT, {AttemptSql.Since(Scope.FromMs, AttemptSql.Took)}",
            $"{AttemptSql.Ends} AND worker_id IS NOT NULL");

        // Minutes count an attempt whole where it ended: what they have too much is taken off, of those few that can have begun before.
        sql.Add(" UNION ALL SELECT worker_id, 0, 0, ms - ").Value(Scope.FromMs).Add(" - ran_ms FROM attempt_ends WHERE ms >= ").Value(Begin)
            .Add(" AND ms < ").Value(Scope.FromMs + Math.Min(End - Scope.FromMs, longest)).Add(" AND ran_ms > ms - ").Value(Scope.FromMs)
            .Add($" AND {AttemptSql.Ends} AND worker_id IS NOT NULL");
        return Matching(sql).Add(")");
    }

    /// <summary>How long the longest attempt ran that ended in one of the minutes.</summary>
    public long Longest(BoundConnection connection)
    {
        var sql = new SqlText().Add("SELECT coalesce(max(most), 0) FROM minute_worker_times");
        Minutes(sql);
        return connection.Rows(sql.Add(" AND NOT is_wait"), row => row.GetInt64(0))[0];
    }

    private static MinutePeriod? Of(BoundConnection connection, ProfileScope scope)
    {
        if (scope.RunId is not null || scope.ToMs - scope.FromMs < Shortest)
        {
            return null;
        }

        var rolled = connection.Rows(new SqlText().Add("SELECT upto_ms FROM rolled"), row => row.GetInt64(0))[0];
        var begin = (scope.FromMs + MinuteCounts.Minute - 1) / MinuteCounts.Minute * MinuteCounts.Minute;
        var end = Math.Min((scope.ToMs + 1) / MinuteCounts.Minute * MinuteCounts.Minute, rolled);
        return end > begin ? new MinutePeriod(scope, begin, end) : null;
    }

    private void Minutes(SqlText sql) =>
        Matching(sql.Add(" WHERE minute >= ").Value(Begin).Add(" AND minute < ").Value(End));

    /// <summary>Each end is asked for by itself, so that all between is passed over.</summary>
    private SqlText Ends(SqlText sql, string columns, string condition)
    {
        foreach (var (from, to) in new[] { (Scope.FromMs, Begin - 1), (End, Scope.ToMs) })
        {
            if (from <= to)
            {
                Matching(sql.Add($" UNION ALL SELECT {columns} FROM events WHERE {condition} AND ms BETWEEN ").Value(from).Add(" AND ").Value(to));
            }
        }

        return sql;
    }

    private SqlText Matching(SqlText sql)
    {
        if (!Scope.Query.MatchesAll)
        {
            QuerySql.Write(sql.Add(" AND "), Scope.Query, Scope.Now);
        }

        return sql;
    }
}
