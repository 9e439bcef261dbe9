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
    public void Each(SqlText sql, Action<DuckDBDataReader> read) => While(sql, reader =>
    {
        read(reader);
        return true;
    });

    /// <summary>Reads an answer row by row for as long as more is wanted.</summary>
    public void While(SqlText sql, Func<DuckDBDataReader, bool> read)
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
        var isWanted = true;
        while (isWanted && reader.Read())
        {
            CancellationToken.ThrowIfCancellationRequested();
            isWanted = read(reader);
        }
    }
}
