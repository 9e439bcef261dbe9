using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Storage;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>Minutes of the log that are over, and where the first begins that is not.</summary>
internal sealed record MinutesOver(IReadOnlyList<(long Minute, MinuteTally Tally)> Minutes, long EndMs)
{
    /// <summary>Writes them within the transaction of the connection.</summary>
    public void Write(DuckDBConnection connection)
    {
        using (var tables = new MinuteTables(connection))
        {
            foreach (var (minute, tally) in Minutes)
            {
                tables.Append(minute, tally);
            }
        }

        connection.Execute("UPDATE rolled SET upto_ms = $upto", new DuckDBParameter("upto", EndMs));
    }
}
