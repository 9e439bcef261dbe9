using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.History.Stories;

internal static class TaskStories
{
    public static IReadOnlyList<LogEntry> Read(DuckDBConnection connection, string taskId, int limit, CancellationToken cancellationToken)
    {
        var (bound, rows, entries) = (connection.With(cancellationToken), new EventRows(), new List<LogEntry>());
        var places = TaskPlaces.Of(bound, [taskId]);
        for (var i = places.Count - 1; i >= 0 && entries.Count < limit; i--)
        {
            var sql = new SqlText().Add($"SELECT {EventRows.Columns} FROM events WHERE ms BETWEEN ").Value(places[i].FirstMs).Add(" AND ")
                .Value(places[i].LastMs).Add(" AND task_id = ").Value(taskId).Add(" ORDER BY ms DESC, seq DESC LIMIT ").Value((long)(limit - entries.Count));
            entries.AddRange(bound.Rows(sql, rows.Read));
        }

        entries.Reverse();
        return entries;
    }
}
