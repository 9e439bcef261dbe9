using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Tasks;

/// <summary>
/// Lists tasks by the event that ended them. First the places of a page are found among the ends of attempts, which are few and narrow, then
/// what is shown of them is read. What only the event itself can tell is asked of it.
/// </summary>
internal static class EndedTasks
{
    /// <summary>Milliseconds of the log that are looked through first, where the list is sorted by time.</summary>
    private const ulong FirstWindow = 60_000;

    /// <summary>Where as many lie close together, a window becomes shorter no more.</summary>
    private const ulong ShortestWindow = 1_000;

    /// <summary>More than what is passed over and these are not put in order where a shorter window can do.</summary>
    private const int MostToOrder = 10_000;

    public static IReadOnlyList<string> EndTypes { get; } = [EventTypes.TaskCompleted, EventTypes.TaskFailed, EventTypes.TaskCancelled];

    public static IReadOnlyList<StoredTask> Read(
        DuckDBConnection connection, TaskQuestion question, RecentRows<TaskRow> told, CancellationToken cancellationToken)
    {
        var bound = connection.With(cancellationToken);
        var ends = Find(bound, question);
        return ends.Count == 0 ? [] : Describe(bound, ends, told);
    }

    /// <summary>Where they stand, and nothing of what they are.</summary>
    public static IReadOnlyList<TaskPlace> Places(DuckDBConnection connection, TaskQuestion question, CancellationToken cancellationToken) =>
        Find(connection.With(cancellationToken), question).ConvertAll(end => end.Place);

    public static long Count(DuckDBConnection connection, TaskQuestion question, CancellationToken cancellationToken) =>
        IsEmpty(question) ? 0 : CountIn(connection.With(cancellationToken), question);

    private static long CountIn(BoundConnection bound, TaskQuestion question) =>
        bound.Rows(From(new SqlText().Add("SELECT count(*)"), question), row => row.GetInt64(0))[0];

    private static bool IsEmpty(TaskQuestion question) => question.EndTypes.Count == 0 || question.Range.Upto <= question.Range.After;

    private static List<End> Find(BoundConnection bound, TaskQuestion question) =>
        IsEmpty(question) ? [] : question.Order.Column is null ? FindByTime(bound, question) : Select(bound, question);

    /// <summary>Looks from the end that is asked for, in windows that grow: a page costs what it shows and not what there is.</summary>
    private static List<End> FindByTime(BoundConnection bound, TaskQuestion question)
    {
        var ends = new List<End>();
        var isAscending = question.Order.IsAscending;
        var (left, window, skip) = PassOver(bound, question);
        for (; ends.Count < question.Limit && left.Upto > left.After; window = Longer(window))
        {
            var part = Beginning(left, window, isAscending);
            ends.AddRange(Select(bound, question with { Range = part, Limit = question.Limit - ends.Count, After = null, Skip = skip }));
            skip = 0;
            left = Behind(left, part, isAscending);
        }

        return ends;
    }

    /// <summary>Counts what is passed over, and comes to a window in which that ends: only this one has to be put in order.</summary>
    private static (HistoryRange Left, ulong Window, long Skip) PassOver(BoundConnection bound, TaskQuestion question)
    {
        var isAscending = question.Order.IsAscending;
        var (left, window, skip) = (Rest(question), FirstWindow, question.Skip);
        while (skip > 0 && left.Upto > left.After)
        {
            var part = Beginning(left, window, isAscending);
            var count = CountIn(bound, question with { Range = part });
            if (count <= skip)
            {
                skip -= count;
                left = Behind(left, part, isAscending);
                window = Longer(window);
            }
            else if (count > skip + MostToOrder && window > ShortestWindow)
            {
                window /= 4;
            }
            else
            {
                break;
            }
        }

        return (left, window, skip);
    }

    private static ulong Longer(ulong window) => Math.Min(window * 4, long.MaxValue / 8);

    private static HistoryRange Beginning(HistoryRange range, ulong window, bool isAscending) => isAscending
        ? range with { Upto = LogPositions.Earlier(range.Upto, new LogPosition(range.After.Milliseconds + window, ulong.MaxValue)) }
        : range with { After = LogPositions.Later(range.After, new LogPosition(range.Upto.Milliseconds - Math.Min(window, range.Upto.Milliseconds), 0)) };

    private static HistoryRange Behind(HistoryRange range, HistoryRange part, bool isAscending) =>
        isAscending ? range with { After = part.Upto } : range with { Upto = part.After };

    /// <summary>What lies behind the cursor. All ends have the same value in such a list, so beyond another one there is all or nothing.</summary>
    private static HistoryRange Rest(TaskQuestion question) => (question.After, question.Order.IsAscending) switch
    {
        (null, _) => question.Range,
        ({ Value: 0, Position: var position }, true) => question.Range with { After = LogPositions.Later(question.Range.After, position) },
        ({ Value: 0, Position: var position }, false) =>
            question.Range with { Upto = LogPositions.Earlier(question.Range.Upto, position.Previous()) },
        ({ Value: var value }, var isAscending) => value < 0 == isAscending ? question.Range : question.Range with { Upto = question.Range.After },
    };

    private static List<End> Select(BoundConnection bound, TaskQuestion question)
    {
        var isAscending = question.Order.IsAscending;
        var column = question.Order.Column;
        var sql = From(new SqlText().Add($"SELECT ms, seq, {column ?? "0"} AS v, wait_ms, ran_ms, lived_ms, before_ms"), question);
        if (question.After is { } after && column is not null)
        {
            WriteAfter(sql, column, after, isAscending ? ">" : "<");
        }

        // The column itself and not an expression of it: whole parts of the file that cannot come among the first are then passed over.
        var direction = isAscending ? "" : " DESC";
        var byValue = column is null ? "" : $"{column}{direction} NULLS {(isAscending ? "FIRST" : "LAST")}, ";
        sql.Add($" ORDER BY {byValue}ms{direction}, seq{direction} LIMIT ").Value((long)question.Limit);
        if (question.Skip > 0)
        {
            sql.Add(" OFFSET ").Value(question.Skip);
        }

        return bound.Rows(sql, row => new End(
            new TaskPlace(row.Integer(2) ?? TaskOrder.Unknown, row.Position()), row.Integer(3), row.Integer(4), row.Integer(5), row.Integer(6)));
    }

    private static SqlText From(SqlText sql, TaskQuestion question)
    {
        var isNarrow = AttemptEnds.CanAnswer(question.Query);
        sql.Add(" FROM attempt_ends");
        if (!isNarrow)
        {
            // Few have an error. As one list they are what is looked up, where the planner would rather look up all ends among them.
            var isRare = QueryFields.Require(question.Query, "error");
            sql.Add(isRare
                ? " SEMI JOIN (SELECT unnest(m) AS ms, unnest(s) AS seq FROM (SELECT list(ms) AS m, list(seq) AS s FROM events WHERE "
                : " SEMI JOIN (SELECT ms, seq FROM events WHERE ");
            PositionSql.Write(sql, question.Range);
            WriteTypes(sql, question);
            QuerySql.Write(sql.Add(" AND "), question.Query, question.Now);
            sql.Add(isRare ? ")) USING (ms, seq)" : ") USING (ms, seq)");
        }

        PositionSql.Write(sql.Add(" WHERE is_task_end AND "), question.Range);
        if (question.EndTypes.Count < EndTypes.Count)
        {
            WriteTypes(sql, question);
        }

        if (isNarrow && !question.Query.MatchesAll)
        {
            QuerySql.Write(sql.Add(" AND "), question.Query, question.Now);
        }

        return sql;
    }

    private static void WriteTypes(SqlText sql, TaskQuestion question) =>
        QuerySql.WriteAll(sql.Add(" AND "), question.EndTypes, " OR ", type => sql.Add("event_type = ").Value(type));

    private static void WriteAfter(SqlText sql, string column, TaskPlace after, string than)
    {
        var (ms, seq) = ((long)after.Position.Milliseconds, (long)after.Position.Sequence);
        var value = $"coalesce({column}, {TaskOrder.Unknown})";
        sql.Add($" AND ({value} {than} ").Value(after.Value).Add($" OR ({value} = ").Value(after.Value).Add($" AND (ms {than} ").Value(ms)
            .Add(" OR (ms = ").Value(ms).Add($" AND seq {than} ").Value(seq).Add("))))");
    }

    /// <summary>What the events tell is read in as many parts of the file as there are tasks: most of the time that a page takes.</summary>
    private static IReadOnlyList<StoredTask> Describe(BoundConnection bound, List<End> ends, RecentRows<TaskRow> told)
    {
        var known = ends.ToDictionary(end => end.Place.Position);
        var rows = new Dictionary<LogPosition, TaskRow>(ends.Count);
        var read = new Dictionary<LogPosition, TaskRow>();
        KnownRows.Each(
            bound, "events", "task_id, task_type, project_id, run_id, phase, event_type, worker_id, retry_count, took_ms, message, error, trace_id",
            told.Find(known.Keys, rows),
            (position, row) => read[position] = Row(known[position], row));
        var failed = read.Where(one => one.Value.Status == EventStatuses.Failed).Select(one => one.Key).ToHashSet();
        KnownRows.Each(bound, "failures", "failure_kind", failed, (position, row) => read[position] = read[position] with { FailureKind = row.Text(2) });
        foreach (var (position, row) in read)
        {
            rows[position] = told.Remember(position, row);
        }

        return [.. ends.Where(end => rows.ContainsKey(end.Place.Position)).Select(end => new StoredTask(end.Place, rows[end.Place.Position]))];
    }

    /// <summary>Of a row that begins with its position.</summary>
    private static TaskRow Row(End end, DuckDBDataReader row)
    {
        var position = end.Place.Position;
        return new TaskRow
        {
            TaskId = row.GetString(2),
            TaskType = row.Text(3),
            ProjectId = row.Text(4),
            RunId = row.Text(5),
            Phase = row.Text(6),
            Status = row.GetString(7)["task_".Length..],
            WorkerId = (int?)row.Integer(8),
            Attempt = end.RanMs is null ? 0 : (int)(row.Integer(9) ?? 0) + 1,
            EnqueuedAt = Before(position, end.LivedMs),
            StartedAt = Before(position, row.Integer(10) ?? end.TookMs),
            EndedAt = position.Time,
            WaitMs = end.WaitMs,
            DurationMs = end.RanMs,
            Message = row.Text(11),
            Error = row.Text(12),
            TraceId = row.Text(13),
            Position = position,
        };
    }

    private static DateTimeOffset? Before(LogPosition position, long? milliseconds) =>
        milliseconds is { } ago ? position.Time.AddMilliseconds(-ago) : null;

    private readonly record struct End(TaskPlace Place, long? WaitMs, long? RanMs, long? LivedMs, long? BeforeMs)
    {
        /// <summary>How long the last attempt took, by the log's clock as far as it tells; null when there was none.</summary>
        public long? TookMs => BeforeMs switch
        {
            null => null,
            >= 0 => LivedMs - BeforeMs - WaitMs,
            _ => RanMs,
        };
    }
}
