using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>A table and the types of its columns, as the file has them.</summary>
internal sealed record TableShape(string Table, IReadOnlyList<DuckDBType> Columns)
{
    public static TableShape Of(DuckDBConnection connection, string table)
    {
        using var appender = TableRows.NewAppender(connection, table);
        var columns = new DuckDBType[NativeMethods.Appender.DuckDBAppenderColumnCount(appender)];
        for (var i = 0; i < columns.Length; i++)
        {
            using var type = NativeMethods.Appender.DuckDBAppenderColumnType(appender, (ulong)i);
            columns[i] = NativeMethods.LogicalType.DuckDBGetTypeId(type);
        }

        return new TableShape(table, columns);
    }
}
