using System.Globalization;
using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Storage;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>
/// Counts whole minutes of the log once they are over, in one transaction with up to where. Questions about long periods add minutes up
/// instead of events.
/// </summary>
internal sealed class MinuteRollup(DuckDBConnection connection)
{
    public const long Minute = 60_000;

    /// <summary>Most minutes in one transaction, when there is much to catch up with.</summary>
    private const long Slice = 30 * Minute;

    private long _upto = Convert.ToInt64(connection.Scalar("SELECT upto_ms FROM rolled"), CultureInfo.InvariantCulture);

    /// <summary>Everything before <paramref name="headMs"/> is committed.</summary>
    public void Advance(long headMs)
    {
        var end = headMs - (headMs % Minute);
        if (end <= _upto)
        {
            return;
        }

        if (_upto == 0)
        {
            var first = connection.Scalar("SELECT min(ms) FROM events") as long? ?? end;
            _upto = first - (first % Minute);
        }

        while (_upto < end)
        {
            // A night without events is passed over in one step.
            var next = connection.Scalar("SELECT min(ms) FROM events WHERE ms >= $from", new DuckDBParameter("from", _upto)) as long?
                ?? end;
            var from = Math.Max(_upto, Math.Min(end, next - (next % Minute)));
            Count(from, Math.Min(end, from + Slice));
        }
    }

    private void Count(long from, long upto)
    {
        using var transaction = connection.BeginTransaction();
        DuckDBParameter[] Period() => [new("from", from), new("upto", upto - 1)];
        connection.Execute(
            $"""
            INSERT INTO minutes SELECT ms // {Minute} * {Minute} AS m, project_id, event_type, task_type, phase, count(*)
            FROM events WHERE ms BETWEEN $from AND $upto GROUP BY ALL ORDER BY m
            """,
            Period());
        foreach (var (dimension, column) in MinuteDimensions.All)
        {
            connection.Execute(
                $"""
                INSERT INTO minute_times SELECT ms // {Minute} * {Minute} AS m, '{dimension}', k, is_wait, {TimeBuckets.Sql("v")} AS b,
                    count(*), sum(v)::BIGINT, max(v)
                FROM (SELECT ms, {column} AS k, event_type = 'task_started' AS is_wait,
                    CASE WHEN event_type = 'task_started' THEN wait_ms ELSE {AttemptSql.Took} END AS v
                      FROM events WHERE ms BETWEEN $from AND $upto
                      AND event_type IN ('task_started', 'task_completed', 'task_failed', 'task_retry'))
                WHERE v IS NOT NULL GROUP BY ALL ORDER BY m
                """,
                Period());
        }

        connection.Execute(
            $"""
            INSERT INTO minute_workers SELECT ms // {Minute} * {Minute} AS m, worker_id, count(*) FILTER (event_type = 'task_completed'),
                count(*) FILTER (event_type <> 'task_completed'), coalesce(sum({AttemptSql.Took}), 0)::BIGINT
            FROM events WHERE ms BETWEEN $from AND $upto AND {AttemptSql.Ends}
                AND worker_id IS NOT NULL
            GROUP BY ALL ORDER BY m
            """,
            Period());
        connection.Execute("UPDATE rolled SET upto_ms = $upto", new DuckDBParameter("upto", upto));
        transaction.Commit();
        _upto = upto;
    }
}
