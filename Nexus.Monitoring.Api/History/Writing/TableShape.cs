using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>A table and the types of its columns, as the file has them.</summary>
internal sealed record TableShape(string Table, IReadOnlyList<DuckDBType> Columns)
{
    /// <exception cref="InvalidOperationException">There is no such table.</exception>
    public static TableShape Of(DuckDBConnection connection, string table)
    {
        // Made for nothing but the types: no row goes through it.
        var state = NativeMethods.Appender.DuckDBAppenderCreate(connection.NativeConnection, null!, table, out var appender);
        using var made = appender;
        if (state != DuckDBState.Success)
        {
            using var error = NativeMethods.Appender.DuckDBAppenderErrorData(appender);
            throw new InvalidOperationException($"The database does not tell the columns of {table}: {error.Message}");
        }

        var columns = new DuckDBType[NativeMethods.Appender.DuckDBAppenderColumnCount(appender)];
        for (var i = 0; i < columns.Length; i++)
        {
            using var type = NativeMethods.Appender.DuckDBAppenderColumnType(appender, (ulong)i);
            columns[i] = NativeMethods.LogicalType.DuckDBGetTypeId(type);
        }

        return new TableShape(table, columns);
    }
}
