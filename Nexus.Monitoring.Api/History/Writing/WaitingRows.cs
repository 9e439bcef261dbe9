using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Nexus.Monitoring.Api.History.Storage;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>
/// The table function through which the database reads rows that wait for their transaction where they lie. An appender would copy them
/// first, and has several threads put them together that the committing one waits for without giving up its processor.
/// </summary>
internal static unsafe class WaitingRows
{
    private const string Function = "waiting_rows";

    private static readonly ConcurrentDictionary<long, Reading> Readings = new();
    private static long _last;

    /// <summary>Makes them known to the database of the connection.</summary>
    public static void Register(DuckDBConnection connection)
    {
        var function = NativeMethods.TableFunction.DuckDBCreateTableFunction();
        try
        {
            NativeMethods.TableFunction.DuckDBTableFunctionSetName(function, Function);
            using var id = NativeMethods.LogicalType.DuckDBCreateLogicalType(DuckDBType.BigInt);
            NativeMethods.TableFunction.DuckDBTableFunctionAddParameter(function, id);
            NativeMethods.TableFunction.DuckDBTableFunctionSetBind(function, &Bind);
            NativeMethods.TableFunction.DuckDBTableFunctionSetInit(function, &Begin);
            NativeMethods.TableFunction.DuckDBTableFunctionSetFunction(function, &Read);
            if (NativeMethods.TableFunction.DuckDBRegisterTableFunction(connection.NativeConnection, function) != DuckDBState.Success)
            {
                throw new InvalidOperationException($"The database does not take the table function {Function}.");
            }
        }
        finally
        {
            NativeMethods.TableFunction.DuckDBDestroyTableFunction(ref function);
        }
    }

    /// <summary>Inserts the rows of chunks in their order.</summary>
    /// <param name="connection">In its transaction.</param>
    /// <param name="shape">The table.</param>
    /// <param name="chunks">All of them full but the last.</param>
    /// <param name="inLast">Rows of that.</param>
    public static void Insert(DuckDBConnection connection, TableShape shape, IReadOnlyList<DuckDBDataChunk> chunks, int inLast)
    {
        var id = Interlocked.Increment(ref _last);
        Readings[id] = new Reading(shape, chunks, inLast);
        try
        {
            connection.Execute($"INSERT INTO {shape.Table} FROM {Function}($id)", new DuckDBParameter("id", id));
        }
        finally
        {
            Readings.TryRemove(id, out _);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Bind(nint info)
    {
        using var parameter = NativeMethods.TableFunction.DuckDBBindGetParameter(info, 0);
        var id = parameter.GetValue<long>();
        if (!Readings.TryGetValue(id, out var reading))
        {
            NativeMethods.TableFunction.DuckDBBindSetError(info, "No rows wait.");
            return;
        }

        for (var i = 0; i < reading.Shape.Columns.Count; i++)
        {
            using var type = NativeMethods.LogicalType.DuckDBCreateLogicalType(reading.Shape.Columns[i]);
            NativeMethods.TableFunction.DuckDBBindAddResultColumn(info, i.ToString(CultureInfo.InvariantCulture), type);
        }

        NativeMethods.TableFunction.DuckDBBindSetBindData(info, (nint)id, &Forget);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Forget(nint id)
    {
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Begin(nint info)
    {
        if (Readings.TryGetValue(NativeMethods.TableFunction.DuckDBInitGetBindData(info), out var reading))
        {
            reading.Next = 0;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Read(nint info, nint output)
    {
        using var rows = new DuckDBDataChunk(output);
        if (!Readings.TryGetValue(NativeMethods.TableFunction.DuckDBFunctionGetBindData(info), out var reading)
            || reading.Next == reading.Chunks.Count)
        {
            NativeMethods.DataChunks.DuckDBDataChunkSetSize(rows, 0);
            return;
        }

        var chunk = reading.Chunks[reading.Next++];
        for (var i = 0; i < reading.Shape.Columns.Count; i++)
        {
            Reference(NativeMethods.DataChunks.DuckDBDataChunkGetVector(rows, i), NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, i));
        }

        NativeMethods.DataChunks.DuckDBDataChunkSetSize(
            rows, reading.Next == reading.Chunks.Count ? (ulong)reading.InLast : NativeMethods.Helpers.DuckDBVectorSize());
    }

    /// <summary>What the library has no binding for.</summary>
    [DllImport("duckdb", EntryPoint = "duckdb_vector_reference_vector")]
    private static extern void Reference(nint to, nint from);

    private sealed record Reading(TableShape Shape, IReadOnlyList<DuckDBDataChunk> Chunks, int InLast)
    {
        /// <summary>Index of the chunk that is read next.</summary>
        public int Next { get; set; }
    }
}
