using DuckDB.NET.Data;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>
/// Which values a field has had lately, the most frequent first: of what whole minutes are counted by, in the last week; of every other
/// field in the newest events. Either way a bounded number of rows, whatever the size of the history.
/// </summary>
internal static class FieldValues
{
    private const int Newest = 200_000;

    /// <summary>What lies inside the JSON costs more to look at.</summary>
    private const int NewestJson = 5_000;

    private const long Week = 7 * 86_400_000L;

    private static readonly string[] Counted = ["project_id", "event_type", "task_type", "phase"];

    private static readonly string[] Columns = ["run_id", "task_id", "status", "worker_id", "retry_count", "trace_id", "source"];

    private static readonly string[] Roots = ["meta", "counts", "queue"];

    public static IReadOnlyList<QuerySuggestion> Suggest(
        DuckDBConnection connection, QueryCaret place, int limit, CancellationToken cancellationToken)
    {
        if (place.Field is { } field)
        {
            return Values(connection, field, place.Prefix, limit, cancellationToken);
        }

        var root = Roots.FirstOrDefault(root => place.Prefix.StartsWith(root + ".", StringComparison.Ordinal));
        return root is null ? [] : Keys(connection, root, place.Prefix[(root.Length + 1)..], limit, cancellationToken);
    }

    /// <summary>Of a field whose values are texts, times or durations there are none to choose from.</summary>
    private static List<QuerySuggestion> Values(
        DuckDBConnection connection, QueryField field, string prefix, int limit, CancellationToken cancellationToken)
    {
        if (Source(field) is not { } source)
        {
            return [];
        }

        var sql = new SqlText().Append(source).Add(" WHERE v IS NOT NULL AND starts_with(lower(v), ").Value(QueryPattern.Lower(prefix))
            .Add(") GROUP BY v ORDER BY n DESC, v LIMIT ").Value((long)limit);
        return connection.With(cancellationToken).Rows(sql, row => QuerySuggestion.Value(row.GetString(0), row.GetInt64(1)));
    }

    /// <summary>The keys below <c>meta</c>, <c>counts</c> or <c>queue</c> of the newest events, as fields.</summary>
    private static List<QuerySuggestion> Keys(
        DuckDBConnection connection, string root, string prefix, int limit, CancellationToken cancellationToken)
    {
        var sql = new SqlText().Add("SELECT v, count(*) AS n FROM (SELECT unnest(").AddJsonKeys("$." + root)
            .Add($") AS v FROM events WHERE {NewestRows(NewestJson)}) WHERE starts_with(lower(v), ").Value(QueryPattern.Lower(prefix))
            .Add(") GROUP BY v ORDER BY n DESC, v LIMIT ").Value((long)limit);
        return
        [
            .. connection.With(cancellationToken).Rows(sql, row => (Name: $"{root}.{row.GetString(0)}", Count: row.GetInt64(1)))
                .Where(key => QueryField.TryFind(key.Name, out _))
                .Select(key => new QuerySuggestion(key.Name + ":", QuerySuggestion.OfField, Count: key.Count)),
        ];
    }

    /// <summary><c>SELECT v, n FROM …</c> with a place for conditions on <c>v</c>.</summary>
    private static SqlText? Source(QueryField field)
    {
        if (Counted.Contains(field.Name))
        {
            return new SqlText().Add(
                $"""
                SELECT v, sum(n)::BIGINT AS n FROM (
                    SELECT {field.Name} AS v, n FROM minutes WHERE minute > (SELECT upto_ms FROM rolled) - {Week}
                    UNION ALL SELECT {field.Name}, 1 FROM events WHERE ms >= (SELECT upto_ms FROM rolled) AND {NewestRows(Newest)})
                """);
        }

        if (Columns.Contains(field.Name))
        {
            return new SqlText().Add(
                $"SELECT v, count(*) AS n FROM (SELECT {field.Name}::VARCHAR AS v FROM events WHERE {NewestRows(Newest)})");
        }

        return field.Kind == QueryFieldKind.Json
            ? new SqlText().Add("SELECT v, count(*) AS n FROM (SELECT ").AddJsonText(JsonFieldSql.PathOf(field))
                .Add($" AS v FROM events WHERE {NewestRows(NewestJson)})")
            : null;
    }

    private static string NewestRows(int count) => $"rowid > (SELECT max(rowid) FROM events) - {count}";
}
