using DuckDB.NET.Data;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>A connection on which commands run until they are done or no longer wanted.</summary>
internal readonly record struct BoundConnection(DuckDBConnection Connection, CancellationToken CancellationToken)
{
    /// <summary>Reads all rows of an answer, which is bounded by its SQL.</summary>
    public List<T> Rows<T>(SqlText sql, Func<DuckDBDataReader, T> read)
    {
        var rows = new List<T>();
        Each(sql, reader => rows.Add(read(reader)));
        return rows;
    }

    /// <summary>Reads an answer row by row, in memory that does not grow with it.</summary>
    public void Each(SqlText sql, Action<DuckDBDataReader> read) => While(sql, row =>
    {
        read(row);
        return true;
    });

    /// <summary>Reads an answer row by row as long as the next one is wanted.</summary>
    /// <returns>Whether it was read to its end.</returns>
    public bool While(SqlText sql, Func<DuckDBDataReader, bool> read)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql.ToString();
        command.UseStreamingMode = true;
        foreach (var parameter in sql.Parameters)
        {
            command.Parameters.Add(parameter);
        }

        using var cancel = CancellationToken.UnsafeRegister(static running => ((DuckDBCommand)running!).Cancel(), command);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            CancellationToken.ThrowIfCancellationRequested();
            if (!read(reader))
            {
                return false;
            }
        }

        return true;
    }
}
