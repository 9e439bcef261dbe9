using DuckDB.NET.Data;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>Which tasks a part of the log may be about; a row of <c>task_filters</c>.</summary>
internal readonly record struct TaskFilter(long FirstMs, long LastMs, byte[] Bits)
{
    /// <summary>Writes them within the transaction of the connection.</summary>
    public static void Write(DuckDBConnection connection, IReadOnlyList<TaskFilter> filters)
    {
        using var rows = connection.CreateAppender("task_filters");
        foreach (var (first, last, bits) in filters)
        {
            rows.CreateRow().AppendValue(first).AppendValue(last).AppendValue(bits).EndRow();
        }
    }
}
