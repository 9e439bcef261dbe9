using DuckDB.NET.Data;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>The tables that have rows of single events.</summary>
internal sealed record EventTables(TableShape Events, TableShape Starts, TableShape Ends, TableShape Failures, TableShape Runs, TableShape Depths)
{
    public static EventTables Of(DuckDBConnection connection) => new(
        TableShape.Of(connection, "events"), TableShape.Of(connection, "attempt_starts"), TableShape.Of(connection, "attempt_ends"),
        TableShape.Of(connection, "failures"), TableShape.Of(connection, "run_events"), TableShape.Of(connection, "queue_depths"));
}
