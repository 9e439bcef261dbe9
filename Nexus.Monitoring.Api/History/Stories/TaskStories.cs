using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Writing;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.History.Stories;

internal static class TaskStories
{
    public static IReadOnlyList<LogEntry> Read(DuckDBConnection connection, string taskId, int limit, CancellationToken cancellationToken)
    {
        var sql = new SqlText().Add($"SELECT {EventRows.Columns} FROM events WHERE task_hash = ").Value(IdHash.OfTask(taskId))
            .Add(" AND task_id = ").Value(taskId).Add(" ORDER BY ms DESC, seq DESC LIMIT ").Value((long)limit);
        var entries = connection.With(cancellationToken).Rows(sql, new EventRows().Read);
        entries.Reverse();
        return entries;
    }
}
