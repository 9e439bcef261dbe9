using System.Globalization;
using DuckDB.NET.Data;

namespace Nexus.Monitoring.Api.History.Storage;

/// <summary>What the file holds.</summary>
internal sealed record HistoryFacts(string Database, long Events, long UsedBytes)
{
    public static HistoryFacts Read(DuckDBConnection connection)
    {
        long Number(string sql) => Convert.ToInt64(connection.Scalar(sql), CultureInfo.InvariantCulture);
        return new HistoryFacts(
            (string)connection.Scalar("SELECT version()")!,
            Number("SELECT count(*) FROM events"),
            Number("SELECT used_blocks * block_size FROM pragma_database_size()"));
    }
}
