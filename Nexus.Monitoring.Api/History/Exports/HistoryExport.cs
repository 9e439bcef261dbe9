using System.Buffers;
using System.Diagnostics;
using System.Threading.Channels;
using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Exports;

/// <summary>
/// Exports what matches, in the log's order, in memory that does not grow with it: the database answers chunk by chunk, and waits while the
/// client is slow. Who writes one has a turn (<see cref="IEventHistory.BeginExport"/>).
/// </summary>
internal sealed class HistoryExport(DuckDbHistory history, EventQuery query, HistoryRange range, DateTimeOffset now)
{
    private const int PartBytes = 64 * 1024;

    /// <summary>Parts that wait for the client.</summary>
    private const int MaxParts = 8;

    /// <summary>Rows of a Parquet file that are put together in memory, by each thread; the usual 122 880 do not fit into an imported session's.</summary>
    private const int RowGroup = 16_384;

    /// <summary>
    /// While a question is open the database works nothing into its file, and gives no space back: what is written meanwhile lies beside it and
    /// grows. So a question ends when the client is slow, or after a while, and the next one goes on after the last row.
    /// </summary>
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan ClientPatience = TimeSpan.FromSeconds(1);

    public Task<long> CountAsync(CancellationToken cancellationToken) => history.AskAsync(
        (connection, cancel) => connection.With(cancel).Rows(Select("count(*)", range), row => row.GetInt64(0))[0], cancellationToken);

    /// <returns>How many events were written.</returns>
    public async Task<long> WriteAsync(IExportFormat format, Stream output, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var parts = Channel.CreateBounded<ReadOnlyMemory<byte>>(MaxParts);
        var reading = ReadAsync(format, parts.Writer, stop.Token);
        try
        {
            await foreach (var part in parts.Reader.ReadAllAsync(cancellationToken))
            {
                await output.WriteAsync(part, cancellationToken);
            }
        }
        finally
        {
            await stop.CancelAsync();
            parts.Writer.TryComplete();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await reading;
    }

    /// <summary>Writes a Parquet file, which has its table of contents at the end and so cannot be sent while it is made.</summary>
    public Task WriteParquetAsync(string path, CancellationToken cancellationToken) => history.AskLongAsync(
        (connection, cancel) =>
        {
            var sql = new SqlText().Add("COPY (").Append(Select(ExportRows.WithJsonText, range))
                .Add($") TO '{path.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {RowGroup})");
            connection.With(cancel).Each(sql, static _ => { });
            return true;
        },
        cancellationToken);

    /// <summary>The parts end when it is known why: with the last event, or with what went wrong, which is thrown here.</summary>
    private async Task<long> ReadAsync(IExportFormat format, ChannelWriter<ReadOnlyMemory<byte>> parts, CancellationToken cancellationToken)
    {
        try
        {
            return await history.AskLongAsync((connection, cancel) => Read(connection, format, parts, cancel), cancellationToken);
        }
        finally
        {
            parts.TryComplete();
        }
    }

    private long Read(
        DuckDBConnection connection, IExportFormat format, ChannelWriter<ReadOnlyMemory<byte>> parts, CancellationToken cancellationToken)
    {
        var count = 0L;
        var buffer = new ArrayBufferWriter<byte>(PartBytes + 4096);
        var left = range;
        format.Begin(buffer);
        bool isOver;
        do
        {
            var began = Stopwatch.GetTimestamp();

            // An answer that is not read to its end goes on holding what it began with, unless its transaction ends.
            using var question = connection.BeginTransaction();
            isOver = connection.With(cancellationToken).While(Select(ExportRows.Columns, left), row =>
            {
                format.Write(row, buffer);
                left = left with { After = row.Position(ExportRows.Ms, ExportRows.Seq) };
                count++;
                return buffer.WrittenCount < PartBytes
                    || (TrySend(buffer, parts, cancellationToken) && Stopwatch.GetElapsedTime(began) < LongestQuestion);
            });
            question.Rollback();
            Send(buffer, parts, cancellationToken);
        }
        while (!isOver);

        format.End(buffer);
        Send(buffer, parts, cancellationToken);
        return count;
    }

    /// <summary>False when the client takes too long: then the question must not stay open for it.</summary>
    private static bool TrySend(ArrayBufferWriter<byte> buffer, ChannelWriter<ReadOnlyMemory<byte>> parts, CancellationToken cancellationToken)
    {
        if (!parts.TryWrite(buffer.WrittenSpan.ToArray())
            && !(parts.WaitToWriteAsync(cancellationToken).AsTask().Wait(ClientPatience, cancellationToken) && parts.TryWrite(buffer.WrittenSpan.ToArray())))
        {
            return false;
        }

        buffer.ResetWrittenCount();
        return true;
    }

    /// <summary>This thread belongs to the export, so it may wait.</summary>
    private static void Send(ArrayBufferWriter<byte> buffer, ChannelWriter<ReadOnlyMemory<byte>> parts, CancellationToken cancellationToken)
    {
        if (buffer.WrittenCount > 0)
        {
            parts.WriteAsync(buffer.WrittenSpan.ToArray(), cancellationToken).AsTask().GetAwaiter().GetResult();
            buffer.ResetWrittenCount();
        }
    }

    private SqlText Select(string columns, HistoryRange part)
    {
        var sql = new SqlText().Add($"SELECT {columns} FROM events WHERE ");
        PositionSql.Write(sql, part);
        QuerySql.Write(sql.Add(" AND "), query, now);
        return sql;
    }
}
