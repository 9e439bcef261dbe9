using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.History.Stories;

/// <summary>Runs of a history as they stood in the end, folded from the events of those of one part alone.</summary>
internal static class RunLists
{
    /// <summary>Most runs of a part: each costs the reading of its events.</summary>
    public const int MaxRuns = 100;

    public static RunPart Read(DuckDBConnection connection, LogPosition? before, int limit, CancellationToken cancellationToken)
    {
        limit = Math.Min(limit, MaxRuns);
        var sql = new SqlText().Add("SELECT run_id, min(first_ms), max(last_ms) AS changed FROM run_spans GROUP BY run_id");
        if (before is { } place)
        {
            sql.Add(" HAVING max(last_ms) <= ").Value((long)place.Milliseconds);
        }

        sql.Add(" ORDER BY changed DESC, run_id LIMIT ").Value(limit + 2L);
        var spans = connection.With(cancellationToken).Rows(sql, reader => (Id: reader.GetString(0), From: reader.GetInt64(1), To: reader.GetInt64(2)));
        if (spans.Count == 0)
        {
            return new RunPart([], null);
        }

        // The run that the part before ended with comes once more, since spans know milliseconds only.
        var runs = Fold(connection, spans, cancellationToken)
            .Where(run => before is null || run.Position < before)
            .OrderByDescending(run => run.Position)
            .ToList();
        var part = runs.Take(limit).ToList();
        return new RunPart(part, runs.Count > limit ? part[^1].Position : null);
    }

    private static List<RunState> Fold(
        DuckDBConnection connection, List<(string Id, long From, long To)> spans, CancellationToken cancellationToken)
    {
        var state = new LiveState();
        new RunEvents(
            connection.With(cancellationToken), spans.ConvertAll(span => span.Id), spans.Min(span => span.From), spans.Max(span => span.To))
            .Each((e, position) => state.Apply(e, position));
        return [.. spans.Select(span => state.Run(span.Id)).OfType<RunState>()];
    }
}
