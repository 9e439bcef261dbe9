using DuckDB.NET.Data;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>A time of the log in which there may be events of a run; a row of <c>run_spans</c>.</summary>
internal readonly record struct RunSpan(string Run, long FirstMs, long LastMs)
{
    /// <summary>Writes them within the transaction of the connection.</summary>
    public static void Write(DuckDBConnection connection, IReadOnlyList<RunSpan> spans)
    {
        using var rows = connection.CreateAppender("run_spans");
        foreach (var (run, first, last) in spans)
        {
            rows.CreateRow().AppendValue(run).AppendValue(first).AppendValue(last).EndRow();
        }
    }
}
