using DuckDB.NET.Data;

namespace Nexus.Monitoring.Api.History.Reading;

internal static class DuckDBReading
{
    public static BoundConnection With(this DuckDBConnection connection, CancellationToken cancellationToken) =>
        new(connection, cancellationToken);

    public static string? Text(this DuckDBDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long? Integer(this DuckDBDataReader reader, int column) => reader.IsDBNull(column) ? null
        : Convert.ToInt64(reader.GetValue(column), null);

    public static double? Real(this DuckDBDataReader reader, int column) => reader.IsDBNull(column) ? null
        : Convert.ToDouble(reader.GetValue(column), null);

    public static DateTimeOffset Moment(this DuckDBDataReader reader, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));
}
