using System.Data.Common;
using System.Text;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>
/// Rows of one table that wait for their transaction, in the form in which the database takes them: chunks of columns in its own memory. So
/// they can be made while another thread commits those before them, and the collector does not see them. A row is given value by value, in the order of the
/// table's columns. Not thread-safe.
/// </summary>
internal sealed unsafe class TableRows(TableShape shape) : IDisposable
{
    /// <summary>A text or blob of a column: its length, and these many bytes at once, or where they lie.</summary>
    private const int TextSize = 16;

    private const int MaxInlined = 12;

    /// <summary>A text of so many characters has at most three times as many bytes.</summary>
    private const int MaxScratch = 256;

    private static readonly int ChunkRows = (int)NativeMethods.Helpers.DuckDBVectorSize();

    private readonly List<DuckDBDataChunk> _chunks = [];
    private readonly Column[] _columns = new Column[shape.Columns.Count];
    private int _column;

    /// <summary>In the chunk that is being filled, the last one.</summary>
    private int _row = ChunkRows;

    public TableRows Value(bool value)
    {
        *(bool*)Next(DuckDBType.Boolean, sizeof(bool)) = value;
        return this;
    }

    public TableRows Value(long value)
    {
        *(long*)Next(DuckDBType.BigInt, sizeof(long)) = value;
        return this;
    }

    public TableRows Value(long? value) => value is { } known ? Value(known) : Null();

    public TableRows Value(int? value)
    {
        if (value is not { } known)
        {
            return Null();
        }

        *(int*)Next(DuckDBType.Integer, sizeof(int)) = known;
        return this;
    }

    public TableRows Value(ushort? value)
    {
        if (value is not { } known)
        {
            return Null();
        }

        *(ushort*)Next(DuckDBType.UnsignedSmallInt, sizeof(ushort)) = known;
        return this;
    }

    /// <summary>A time of UTC, to the microsecond.</summary>
    public TableRows Value(DateTimeOffset value)
    {
        *(long*)Next(DuckDBType.Timestamp, sizeof(long)) = (value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        return this;
    }

    /// <summary>What is no Unicode in it is replaced.</summary>
    public TableRows Text(string? value)
    {
        if (value is null)
        {
            return Null();
        }

        Span<byte> scratch = stackalloc byte[3 * MaxScratch];
        Bytes(DuckDBType.Varchar, value.Length <= MaxScratch ? scratch[..Encoding.UTF8.GetBytes(value, scratch)] : Encoding.UTF8.GetBytes(value));
        return this;
    }

    public TableRows Blob(ReadOnlySpan<byte> value)
    {
        Bytes(DuckDBType.Blob, value);
        return this;
    }

    public void EndRow()
    {
        if (_column != _columns.Length)
        {
            throw new InvalidOperationException($"A row of {shape.Table} has {_columns.Length} values, and {_column} were given.");
        }

        (_column, _row) = (0, _row + 1);
    }

    /// <summary>Hands all rows over to the transaction of the connection.</summary>
    /// <exception cref="DbException">They cannot be stored.</exception>
    public void MoveTo(DuckDBConnection connection)
    {
        if (_chunks.Count == 0)
        {
            return;
        }

        WaitingRows.Insert(connection, shape, _chunks, _row);
        Dispose();
    }

    public void Dispose()
    {
        foreach (var chunk in _chunks)
        {
            chunk.Dispose();
        }

        _chunks.Clear();
        _row = ChunkRows;
    }

    private TableRows Null()
    {
        if (_row == ChunkRows)
        {
            Begin();
        }

        ref var column = ref _columns[_column++];
        if (column.Validity is null)
        {
            NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(column.Vector);
            column.Validity = NativeMethods.Vectors.DuckDBVectorGetValidity(column.Vector);
        }

        column.Validity[_row >> 6] &= ~(1UL << (_row & 63));
        return this;
    }

    private byte* Next(DuckDBType type, int size)
    {
        if (_row == ChunkRows)
        {
            Begin();
        }

        if (shape.Columns[_column] != type)
        {
            throw new InvalidOperationException($"Column {_column} of {shape.Table} is {shape.Columns[_column]}, and {type} was given.");
        }

        return _columns[_column++].Data + (_row * size);
    }

    /// <summary>Short ones lie in the column, longer ones in the chunk's heap.</summary>
    private void Bytes(DuckDBType type, ReadOnlySpan<byte> value)
    {
        var place = Next(type, TextSize);
        if (value.Length <= MaxInlined)
        {
            *(uint*)place = (uint)value.Length;
            var inlined = new Span<byte>(place + sizeof(uint), MaxInlined);
            inlined.Clear();
            value.CopyTo(inlined);
            return;
        }

        fixed (byte* bytes = value)
        {
            NativeMethods.Vectors.DuckDBUnsafeVectorAssignStringElementLength(_columns[_column - 1].Vector, (ulong)_row, bytes, value.Length);
        }
    }

    private void Begin()
    {
        var types = shape.Columns.Select(NativeMethods.LogicalType.DuckDBCreateLogicalType).ToArray();
        var chunk = NativeMethods.DataChunks.DuckDBCreateDataChunk(Array.ConvertAll(types, type => type.DangerousGetHandle()), (ulong)types.Length);
        Array.ForEach(types, type => type.Dispose());
        for (var i = 0; i < _columns.Length; i++)
        {
            var vector = NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, i);
            _columns[i] = new Column { Vector = vector, Data = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(vector) };
        }

        _chunks.Add(chunk);
        _row = 0;
    }

    private struct Column
    {
        public nint Vector;
        public byte* Data;

        /// <summary>A bit for each row; none while all have a value.</summary>
        public ulong* Validity;
    }
}
