using DuckDB.NET.Data;
using Nexus.Monitoring.Contracts.Log;

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

    /// <summary>The position in two columns.</summary>
    public static LogPosition Position(this DuckDBDataReader reader, int ms = 0, int seq = 1) =>
        new((ulong)reader.GetInt64(ms), (ulong)reader.GetInt64(seq));

    /// <summary>A blob, in a buffer that grows as needed; valid until it is used again.</summary>
    public static ReadOnlySpan<byte> Bytes(this DuckDBDataReader reader, int column, ref byte[] buffer)
    {
        using var stream = reader.GetStream(column);
        var length = (int)stream.Length;
        if (buffer.Length < length)
        {
            buffer = new byte[2 * length];
        }

        stream.ReadExactly(buffer, 0, length);
        return buffer.AsSpan(0, length);
    }

    public static DateTimeOffset Moment(this DuckDBDataReader reader, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));
}
