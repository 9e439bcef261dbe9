using System.Globalization;
using DuckDB.NET.Data;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>The table <c>attempt_ends</c>: what it can answer, and the way from it to the events.</summary>
internal static class AttemptEnds
{
    /// <summary>Whether a query asks for nothing but columns of the table.</summary>
    public static bool CanAnswer(EventQuery query) => query.Root is not { } root || CanAnswer(root);

    /// <summary>Reads columns of the events at these positions; before them come two columns with the position.</summary>
    public static void Each(
        BoundConnection bound, string columns, IReadOnlySet<LogPosition> positions, Action<LogPosition, DuckDBDataReader> read)
    {
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

    private static bool CanAnswer(QueryNode node) => node switch
    {
        AndNode and => and.Parts.All(CanAnswer),
        OrNode or => or.Parts.All(CanAnswer),
        NotNode not => CanAnswer(not.Part),
        FieldNode field => field.Field.Name is "event_type" or "project_id" or "run_id" or "task_type" or "phase" or "worker_id",
        _ => false,
    };
}
