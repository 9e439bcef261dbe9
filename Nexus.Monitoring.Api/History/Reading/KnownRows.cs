using System.Globalization;
using DuckDB.NET.Data;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>Rows whose positions are known from elsewhere.</summary>
internal static class KnownRows
{
    /// <summary>Reads columns of a table at these positions; before them come two columns with the position.</summary>
    public static void Each(
        BoundConnection bound, string table, string columns, IReadOnlySet<LogPosition> positions, Action<LogPosition, DuckDBDataReader> read)
    {
        if (positions.Count == 0)
        {
            return;
        }

        // Numbers, not texts: they are as safe as parameters, and a list of constants is looked up where rows are stored.
        var milliseconds = positions.Select(position => position.Milliseconds).Distinct().Order().ToList();
        var sql = new SqlText().Add($"SELECT ms, seq, {columns} FROM {table} WHERE ms BETWEEN ").Value((long)milliseconds[0]).Add(" AND ")
            .Value((long)milliseconds[^1])
            .Add($" AND ms IN ({string.Join(", ", milliseconds.Select(ms => ms.ToString(CultureInfo.InvariantCulture)))})");
        bound.Each(sql, row =>
        {
            var position = row.Position();
            if (positions.Contains(position))
            {
                read(position, row);
            }
        });
    }
}
