using System.Globalization;
using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>The table <c>attempt_ends</c>: what it can answer, and the way from it to the events.</summary>
internal static class AttemptEnds
{
    private static readonly string[] Fields = ["event_type", "project_id", "run_id", "task_type", "phase", "worker_id"];

    /// <summary>Whether a query asks for nothing but columns of the table.</summary>
    public static bool CanAnswer(EventQuery query) => QueryFields.AreWithin(query, Fields);

    /// <summary>Where the ends of attempts are that a query asks for, and the column that tells how long they ran.</summary>
    public static (string Table, string Ran) For(EventQuery query) => CanAnswer(query) ? ("attempt_ends", "ran_ms") : ("events", AttemptSql.Took);

    /// <summary>Reads columns of the events at these positions; before them come two columns with the position.</summary>
    public static void Each(
        BoundConnection bound, string columns, IReadOnlySet<LogPosition> positions, Action<LogPosition, DuckDBDataReader> read)
    {
        if (positions.Count == 0)
        {
            return;
        }

        // Numbers, not texts: they are as safe as parameters, and a list of constants is looked up where rows are stored.
        var milliseconds = positions.Select(position => position.Milliseconds).Distinct().Order().ToList();
        var sql = new SqlText().Add($"SELECT ms, seq, {columns} FROM events WHERE ms BETWEEN ").Value((long)milliseconds[0]).Add(" AND ")
            .Value((long)milliseconds[^1])
            .Add($" AND ms IN ({string.Join(", ", milliseconds.Select(ms => ms.ToString(CultureInfo.InvariantCulture)))})");
        bound.Each(sql, row =>
        {
            var position = new LogPosition((ulong)row.GetInt64(0), (ulong)row.GetInt64(1));
            if (positions.Contains(position))
            {
                read(position, row);
            }
        });
    }
}
