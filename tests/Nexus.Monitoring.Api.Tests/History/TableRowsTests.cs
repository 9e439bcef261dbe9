using System.Text;
using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.History.Writing;

namespace Nexus.Monitoring.Api.Tests.History;

/// <summary>Rows that were made before their transaction, in a database in memory.</summary>
public sealed class TableRowsTests : IDisposable
{
    private static readonly DateTimeOffset Time = new(2026, 11, 23, 10, 0, 0, 1, TimeSpan.FromHours(2));

    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public TableRowsTests()
    {
        _connection.Open();
        WaitingRows.Register(_connection);
        _connection.Execute(
            "CREATE TABLE things (b BOOLEAN, l BIGINT, i INTEGER, s USMALLINT, t TIMESTAMP, v VARCHAR, j BLOB USING COMPRESSION zstd)");
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>More than two chunks, texts on both sides of what lies in the column itself, and every second row with nothing in it.</summary>
    [Fact]
    public void MoveTo_RowsOfSeveralChunks_AreStoredAsGiven()
    {
        const int Count = 5_000;
        using var rows = new TableRows(TableShape.Of(_connection, "things"));
        for (var i = 0; i < Count; i++)
        {
            var text = i % 2 == 0 ? Text(i) : null;
            rows.Value(i % 3 == 0).Value(i % 2 == 0 ? i * 10_000_000_000L : null).Value(i % 2 == 0 ? -i : null)
                .Value(i % 2 == 0 ? (ushort)i : null).Value(Time.AddMicroseconds(i)).Text(text).Blob(Encoding.UTF8.GetBytes(Text(i))).EndRow();
        }

        rows.MoveTo(_connection);

        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT b, l, i, s, t, v, decode(j) FROM things ORDER BY t";
        using var reader = command.ExecuteReader();
        for (var i = 0; i < Count; i++)
        {
            Assert.True(reader.Read());
            object[] expected = i % 2 == 0
                ? [i % 3 == 0, i * 10_000_000_000L, -i, (ushort)i, Time.UtcDateTime.AddMicroseconds(i), Text(i), Text(i)]
                : [i % 3 == 0, DBNull.Value, DBNull.Value, DBNull.Value, Time.UtcDateTime.AddMicroseconds(i), DBNull.Value, Text(i)];
            Assert.Equal(expected, Enumerable.Range(0, 7).Select(reader.GetValue));
        }

        Assert.False(reader.Read());
    }

    /// <summary>As by a writer that begins anew while somebody still reads.</summary>
    [Fact]
    public void MoveTo_KnownToTheDatabaseTwice_StoresOnce()
    {
        WaitingRows.Register(_connection);
        using var rows = new TableRows(TableShape.Of(_connection, "things"));
        Whole(rows);
        Whole(rows);

        rows.MoveTo(_connection);

        Assert.Equal(2L, _connection.Scalar("SELECT count(*) FROM things"));
    }

    [Fact]
    public void Rows_ThatDoNotWait_AreRefused()
    {
        var refused = Assert.Throws<DuckDBException>(() => _connection.Scalar("SELECT count(*) FROM waiting_rows(-1)"));

        Assert.Contains("No rows wait", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MoveTo_TransactionIsRolledBack_LeavesNothing()
    {
        using var rows = new TableRows(TableShape.Of(_connection, "things"));
        Whole(rows);
        using (_connection.BeginTransaction())
        {
            rows.MoveTo(_connection);
        }

        Assert.Equal(0L, _connection.Scalar("SELECT count(*) FROM things"));
    }

    [Fact]
    public void MoveTo_RowThatTheTableDoesNotTake_SaysWhy()
    {
        _connection.Execute("CREATE TABLE strict (l BIGINT NOT NULL, n BIGINT NOT NULL)");
        using var rows = new TableRows(TableShape.Of(_connection, "strict"));
        rows.Value(1L).Value((long?)null).EndRow();

        var failed = Assert.Throws<DuckDBException>(() => rows.MoveTo(_connection));

        Assert.Contains("NOT NULL", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Value_OfAnotherType_NamesColumnAndTypes()
    {
        using var rows = new TableRows(TableShape.Of(_connection, "things"));

        var wrong = Assert.Throws<InvalidOperationException>(() => rows.Value(1L));

        Assert.Equal("Column 0 of things is Boolean, and BigInt was given.", wrong.Message);
    }

    [Fact]
    public void EndRow_ValuesAreMissing_SaysHowMany()
    {
        using var rows = new TableRows(TableShape.Of(_connection, "things"));

        var wrong = Assert.Throws<InvalidOperationException>(rows.Value(true).EndRow);

        Assert.Equal("A row of things has 7 values, and 1 were given.", wrong.Message);
    }

    private static void Whole(TableRows rows) =>
        rows.Value(true).Value(1L).Value((int?)1).Value((ushort?)1).Value(Time).Text("").Blob("{}"u8).EndRow();

    /// <summary>From nothing to 40 characters, some of them of several bytes; now and then longer than what is encoded in place.</summary>
    private static string Text(int i) => i % 1_000 == 0 ? new string('ä', 300) : string.Concat(Enumerable.Repeat(i % 5 == 0 ? "ü€" : "ab", i % 21));
}
