using DuckDB.NET.Data;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>The tables that have rows of single events.</summary>
internal sealed record EventTables(TableShape Events, TableShape Starts, TableShape Ends, TableShape Failures, TableShape Runs, TableShape Depths)
{
    /// <summary>Of the database of the connection, which can be written to.</summary>
    public static EventTables Of(DuckDBConnection connection)
    {
        WaitingRows.Register(connection);
        return new(
            TableShape.Of(connection, "events"), TableShape.Of(connection, "attempt_starts"), TableShape.Of(connection, "attempt_ends"),
            TableShape.Of(connection, "failures"), TableShape.Of(connection, "run_events"), TableShape.Of(connection, "queue_depths"));
    }
}
