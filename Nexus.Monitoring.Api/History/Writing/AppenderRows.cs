using DuckDB.NET.Data;

namespace Nexus.Monitoring.Api.History.Writing;

internal static class AppenderRows
{
    /// <summary>Appends a text that may be missing.</summary>
    public static IDuckDBAppenderRow Text(this IDuckDBAppenderRow row, string? text) =>
        text is null ? row.AppendNullValue() : row.AppendValue(text);
}
