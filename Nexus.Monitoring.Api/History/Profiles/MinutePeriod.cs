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
    private const long Shortest = 30 * MinuteRollup.Minute;

    /// <summary>Null when the question is not one that minutes can answer.</summary>
    public static MinutePeriod? Of(BoundConnection connection, ProfileScope scope)
    {
        if (!scope.Query.MatchesAll || scope.RunId is not null || scope.ToMs - scope.FromMs < Shortest)
        {
            return null;
        }

        var rolled = connection.Rows(new SqlText().Add("SELECT upto_ms FROM rolled"), row => row.GetInt64(0))[0];
        var begin = (scope.FromMs + MinuteRollup.Minute - 1) / MinuteRollup.Minute * MinuteRollup.Minute;
        var end = Math.Min((scope.ToMs + 1) / MinuteRollup.Minute * MinuteRollup.Minute, rolled);
        return end > begin ? new MinutePeriod(scope, begin, end) : null;
    }

    /// <summary>Rows of <c>ms, project_id, event_type, task_type, phase, n</c>.</summary>
    public SqlText Counts(SqlText sql)
    {
        Minutes(sql.Add("(SELECT minute AS ms, project_id, event_type, task_type, phase, n FROM minutes"));
        Ends(sql.Add(" UNION ALL SELECT ms, project_id, event_type, task_type, phase, 1 AS n FROM events"));
        return sql.Add(")");
    }

    /// <summary>Rows of <c>ms, k, bucket, n, total, most</c>.</summary>
    public SqlText Times(SqlText sql, string? by, bool isWait)
    {
        var (dimension, column) = MinuteDimensions.All.FirstOrDefault(known => known.Name == by, MinuteDimensions.All[1]);
        var (value, types) = isWait ? ("wait_ms", "event_type = 'task_started'") : (AttemptSql.Took, AttemptSql.Ends);
        Minutes(sql.Add($"(SELECT minute AS ms, {(by is null ? "NULL" : "k")} AS k, bucket, n, total, most FROM minute_times"));
        sql.Add($" AND dimension = '{dimension}' AND is_wait = {(isWait ? "true" : "false")}");
        Ends(sql.Add($" UNION ALL SELECT ms, {(by is null ? "NULL" : column)}, {TimeBuckets.Sql(value)}, 1, {value}, {value} FROM events"));
        return sql.Add($" AND {types} AND {value} IS NOT NULL)");
    }

    /// <summary>Rows of <c>worker_id, completed, failed, busy_ms</c>.</summary>
    public SqlText Workers(SqlText sql)
    {
        Minutes(sql.Add("(SELECT worker_id, completed, failed, busy_ms FROM minute_workers"));
        Ends(sql.Add(
            $"""
             UNION ALL SELECT worker_id, (event_type = 'task_completed')::BIGINT, (event_type <> 'task_completed')::BIGINT,
                 coalesce({AttemptSql.Took}, 0) FROM events
            """));
        return sql.Add($" AND {AttemptSql.Ends} AND worker_id IS NOT NULL)");
    }

    private void Minutes(SqlText sql) => sql.Add(" WHERE minute >= ").Value(Begin).Add(" AND minute < ").Value(End);

    private void Ends(SqlText sql) => sql.Add(" WHERE (ms BETWEEN ").Value(Scope.FromMs).Add(" AND ").Value(Begin - 1)
        .Add(" OR ms BETWEEN ").Value(End).Add(" AND ").Value(Scope.ToMs).Add(")");
}
