using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Tasks;

/// <summary>
/// Lists tasks by the event that ended them: the row of that event says how long the task waited, ran and lived. First the places of a page are
/// found in few narrow columns, then what is shown of them is read.
/// </summary>
internal static class EndedTasks
{
    public static IReadOnlyList<string> EndTypes { get; } = [EventTypes.TaskCompleted, EventTypes.TaskFailed, EventTypes.TaskCancelled];

    public static IReadOnlyList<StoredTask> Read(DuckDBConnection connection, TaskQuestion question, CancellationToken cancellationToken)
    {
        if (question.EndTypes.Count == 0 || question.Range.Upto <= question.Range.After)
        {
            return [];
        }

        var bound = connection.With(cancellationToken);
        var direction = question.Order.IsAscending ? "" : " DESC";
        var sql = Where(new SqlText().Add($"SELECT rowid, {question.Order.Sql} AS v, ms, seq FROM events WHERE "), question);
        if (question.After is { } after)
        {
            WriteAfter(sql, after, question.Order.IsAscending ? ">" : "<");
        }

        sql.Add($" ORDER BY v{direction}, ms{direction}, seq{direction} LIMIT ").Value((long)question.Limit);
        var places = bound.Rows(sql, row => (RowId: row.GetInt64(0), Place: new TaskPlace(row.GetInt64(1), Position(row, 2))));
        if (places.Count == 0)
        {
            return [];
        }

        var rows = new Dictionary<long, TaskRow>(places.Count);
        bound.Each(
            new SqlText().Add(
                $"""
                SELECT rowid, task_id, task_type, project_id, run_id, phase, event_type, worker_id, retry_count, wait_ms, took_ms, ran_ms,
                    lived_ms, message, error, trace_id, ms, seq
                FROM events WHERE rowid IN ({string.Join(", ", places.Select(place => place.RowId))})
                """),
            row => rows[row.GetInt64(0)] = Row(row));
        return [.. places.Where(place => rows.ContainsKey(place.RowId)).Select(place => new StoredTask(place.Place, rows[place.RowId]))];
    }

    public static long Count(DuckDBConnection connection, TaskQuestion question, CancellationToken cancellationToken) =>
        question.EndTypes.Count == 0 || question.Range.Upto <= question.Range.After
            ? 0
            : connection.With(cancellationToken)
                .Rows(Where(new SqlText().Add("SELECT count(*) FROM events WHERE "), question), row => row.GetInt64(0))[0];

    private static SqlText Where(SqlText sql, TaskQuestion question)
    {
        PositionSql.Write(sql, question.Range);
        sql.Add(" AND task_id IS NOT NULL AND ");
        QuerySql.WriteAll(sql, question.EndTypes, " OR ", type => sql.Add("event_type = ").Value(type));
        if (!question.Query.MatchesAll)
        {
            QuerySql.Write(sql.Add(" AND "), question.Query, question.Now);
        }

        return sql;
    }

    private static void WriteAfter(SqlText sql, TaskPlace after, string than)
    {
        var (ms, seq) = ((long)after.Position.Milliseconds, (long)after.Position.Sequence);
        sql.Add($" AND (v {than} ").Value(after.Value).Add(" OR (v = ").Value(after.Value).Add($" AND (ms {than} ").Value(ms)
            .Add(" OR (ms = ").Value(ms).Add($" AND seq {than} ").Value(seq).Add("))))");
    }

    private static LogPosition Position(DuckDBDataReader row, int column) =>
        new((ulong)row.GetInt64(column), (ulong)row.GetInt64(column + 1));

    private static TaskRow Row(DuckDBDataReader row)
    {
        var position = Position(row, 16);
        var (wait, ran, lived) = (row.Integer(9), row.Integer(11), row.Integer(12));
        return new TaskRow
        {
            TaskId = row.GetString(1),
            TaskType = row.Text(2),
            ProjectId = row.Text(3),
            RunId = row.Text(4),
            Phase = row.Text(5),
            Status = row.GetString(6)["task_".Length..],
            WorkerId = (int?)row.Integer(7),
            Attempt = ran is null && row.Integer(10) is null ? 0 : (int)(row.Integer(8) ?? 0) + 1,
            EnqueuedAt = Before(position, lived ?? wait + ran),
            StartedAt = Before(position, ran),
            EndedAt = position.Time,
            WaitMs = wait,
            DurationMs = row.Integer(10),
            Message = row.Text(13),
            Error = row.Text(14),
            TraceId = row.Text(15),
            Position = position,
        };
    }

    private static DateTimeOffset? Before(LogPosition position, long? milliseconds) =>
        milliseconds is { } ago ? position.Time.AddMilliseconds(-ago) : null;
}
