using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.History.Writing;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>
/// Writes a query as a condition on the table <c>events</c> that is true for the same events as <see
/// cref="EventQuery.Compile(DateTimeOffset)"/>. Null counts as false, which SQL's AND and OR keep; a negation says so.
/// </summary>
internal static class QuerySql
{
    public static void Write(SqlText sql, EventQuery query, DateTimeOffset now)
    {
        if (query.Root is { } root)
        {
            Write(sql, root, now);
        }
        else
        {
            sql.Add("true");
        }
    }

    private static void Write(SqlText sql, QueryNode node, DateTimeOffset now)
    {
        switch (node)
        {
            case AndNode and:
                WriteAll(sql, and.Parts, " AND ", part => Write(sql, part, now));
                break;
            case OrNode or:
                WriteAll(sql, or.Parts, " OR ", part => Write(sql, part, now));
                break;
            case NotNode not:
                sql.Add("NOT coalesce(");
                Write(sql, not.Part, now);
                sql.Add(", false)");
                break;
            case TextNode text:
                sql.Add("(");
                WriteWithin(sql, "message", text.Pattern);
                sql.Add(" OR ");
                WriteWithin(sql, "error", text.Pattern);
                sql.Add(")");
                break;
            case FieldNode { Field.Kind: QueryFieldKind.Json } field:
                JsonFieldSql.Write(sql, field);
                break;
            case FieldNode field:
                Write(sql, field.Field, field.Test, now);
                break;
        }
    }

    public static void WriteAll<T>(SqlText sql, IReadOnlyList<T> parts, string between, Action<T> write)
    {
        sql.Add("(");
        for (var i = 0; i < parts.Count; i++)
        {
            sql.Add(i > 0 ? between : "");
            write(parts[i]);
        }

        sql.Add(")");
    }

    private static void Write(SqlText sql, QueryField field, FieldTest test, DateTimeOffset now)
    {
        var column = Column(field.Name);
        switch (test)
        {
            case ExistsTest:
                sql.Add(column).Add(" IS NOT NULL");
                break;
            case EqualTest { Value: TextValue { Text: var text } }:
                WriteEqual(sql, field.Name, column, text);
                break;
            case EqualTest equal:
                sql.Add(column).Add(" = ").Value(Read(equal.Value, now));
                break;
            case PatternTest pattern when field.Kind == QueryFieldKind.Text:
                WriteWithin(sql, column, pattern.Pattern);
                break;
            case PatternTest pattern:
                sql.Add(column).Add(" LIKE ").Value(Like(pattern.Pattern.Pieces)).Add(" ESCAPE '\\'");
                break;
            case ComparisonTest comparison:
                sql.Add(column).Add(Symbol(comparison.Operator)).Value(Read(comparison.Bound, now));
                break;
            case RangeTest range:
                sql.Add(column).Add(" BETWEEN ").Value(Read(range.From, now)).Add(" AND ").Value(Read(range.To, now));
                break;
            case AnyOfTest any:
                WriteAll(sql, any.Tests, " OR ", one => Write(sql, field, one, now));
                break;
        }
    }

    private static void WriteEqual(SqlText sql, string name, string column, string text)
    {
        if (name == "event_id")
        {
            WriteEventId(sql, column, text);
            return;
        }

        sql.Add(column).Add(" = ").Value(text);
    }

    /// <summary>The positions of the events with these ids.</summary>
    public static SqlText PlacesOf(IReadOnlyList<string> ids)
    {
        var sql = new SqlText();
        for (var i = 0; i < ids.Count; i++)
        {
            WritePlaces(sql.Add(i > 0 ? " UNION ALL " : ""), Column("event_id"), ids[i]);
        }

        return sql;
    }

    /// <summary>Looked up by itself, so that nothing else of the rows is read for it.</summary>
    private static void WriteEventId(SqlText sql, string column, string id)
    {
        WritePlaces(sql.Add("(ms, seq) IN ("), column, id);
        sql.Add(")");
    }

    /// <summary>Where the id's hash stands, and where there is none because the time of the event is near enough (<see cref="EventIdTime"/>).</summary>
    private static void WritePlaces(SqlText sql, string column, string id)
    {
        sql.Add("SELECT ms, seq FROM events WHERE event_hash = ").Value(IdHash.Of(id)).Add($" AND {column} = ").Value(id);
        if (EventIdTime.Of(id) is { } ms)
        {
            var made = DateTimeOffset.FromUnixTimeMilliseconds(ms);
            sql.Add(" UNION ALL SELECT ms, seq FROM events WHERE event_hash IS NULL AND ts BETWEEN ")
                .Value(Microseconds(made.AddMilliseconds(-EventIdTime.Tolerance))).Add(" AND ")
                .Value(Microseconds(made.AddMilliseconds(EventIdTime.Tolerance + 1))).Add($" AND {column} = ").Value(id);
        }
    }

    private static void WriteWithin(SqlText sql, string column, QueryPattern pattern)
    {
        var lower = pattern.ToLower();
        if (lower.Pieces.Count == 1)
        {
            sql.Add("contains(lower(").Add(column).Add("), ").Value(lower.Pieces[0]).Add(")");
        }
        else
        {
            sql.Add("lower(").Add(column).Add(") LIKE ").Value(Like(["", .. lower.Pieces, ""])).Add(" ESCAPE '\\'");
        }
    }

    private static string Like(IEnumerable<string> pieces) => string.Join('%', pieces.Select(piece =>
        piece.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_",
            StringComparison.Ordinal)));

    public static string Symbol(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Less => " < ",
        ComparisonOperator.AtMost => " <= ",
        ComparisonOperator.Greater => " > ",
        _ => " >= ",
    };

    private static object Read(QueryValue value, DateTimeOffset now) => value switch
    {
        NumberValue number => (long)number.Number,
        TimeValue time => Microseconds(time.Resolve(now)),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    /// <summary>As exactly as the column holds it; a bound between two microseconds counts as the earlier.</summary>
    private static DateTime Microseconds(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);

    /// <summary>Fields without a column of their own are read from the event's JSON.</summary>
    private static string Column(string field) => field switch
    {
        "event_id" => JsonSql.Text("$.event_id"),
        "parent_task_id" => $"({EventRows.ParentTaskId})",
        "span_id" => JsonSql.Text("$.span_id"),
        "parent_span_id" => JsonSql.Text("$.parent_span_id"),
        "ts" or "event_type" or "project_id" or "run_id" or "task_id" or "task_type" or "phase" or "status" or "message" or "error"
            or "worker_id" or "retry_count" or "duration_ms" or "trace_id" or "source" => field,
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };
}
