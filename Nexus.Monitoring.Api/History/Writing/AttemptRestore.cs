using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Storage;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>Brings the memory of waiting and running tasks back from the newest rows.</summary>
internal static class AttemptRestore
{
    /// <summary>How far it looks back.</summary>
    private const int Rows = 3 * AttemptTracker.Bound;

    public static AttemptTracker From(DuckDBConnection connection)
    {
        var tracker = new AttemptTracker();
        using var command = connection.Command(
            """
            SELECT event_type, task_id, run_id, phase, ms FROM events
            WHERE rowid > (SELECT max(rowid) FROM events) - $rows AND task_id IS NOT NULL ORDER BY ms, seq
            """,
            new DuckDBParameter("rows", Rows));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var type = reader.GetString(0);
            var key = AttemptTracker.Key(type, reader.GetString(1), Text(reader, 2), Text(reader, 3));
            tracker.Apply(type, key, reader.GetInt64(4));
        }

        return tracker;
    }

    private static string? Text(DuckDBDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
