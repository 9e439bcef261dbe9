using System.Buffers;
using System.Threading.Channels;
using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Exports;

/// <summary>
/// Exports what matches, in the log's order, in memory that does not grow with it: the database answers chunk by chunk, and waits while the
/// client is slow.
/// </summary>
internal sealed class HistoryExport(DuckDbHistory history, EventQuery query, HistoryRange range, DateTimeOffset now)
{
    private const int PartBytes = 64 * 1024;

    /// <summary>Parts that wait for the client.</summary>
    private const int MaxParts = 8;

    public Task<long> CountAsync(CancellationToken cancellationToken) => history.AskAsync(
        (connection, cancel) => connection.With(cancel).Rows(Select("count(*)"), row => row.GetInt64(0))[0], cancellationToken);

    /// <returns>How many events were written.</returns>
    public async Task<long> WriteAsync(IExportFormat format, Stream output, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var parts = Channel.CreateBounded<ReadOnlyMemory<byte>>(MaxParts);
        var reading = history.AskAsync((connection, cancel) => Read(connection, format, parts.Writer, cancel), stop.Token, isLong: true);
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
    public Task WriteParquetAsync(string path, CancellationToken cancellationToken) => history.AskAsync(
        (connection, cancel) =>
        {
            var sql = new SqlText().Add("COPY (").Append(Select(ExportRows.WithJsonText))
                .Add($") TO '{path.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet, COMPRESSION zstd)");
            connection.With(cancel).Each(sql, static _ => { });
            return true;
        },
        cancellationToken, isLong: true);

    private long Read(
        DuckDBConnection connection, IExportFormat format, ChannelWriter<ReadOnlyMemory<byte>> parts, CancellationToken cancellationToken)
    {
        var count = 0L;
        try
        {
            var buffer = new ArrayBufferWriter<byte>(PartBytes + 4096);
            format.Begin(buffer);
            connection.With(cancellationToken).Each(Select(ExportRows.Columns), row =>
            {
                format.Write(row, buffer);
                count++;
                if (buffer.WrittenCount >= PartBytes)
                {
                    Send(buffer, parts, cancellationToken);
                }
            });
            format.End(buffer);
            Send(buffer, parts, cancellationToken);
            parts.TryComplete();
            return count;
        }
        catch (Exception error)
        {
            parts.TryComplete(error);
            throw;
        }
    }

    /// <summary>This thread belongs to the database, so it may wait.</summary>
    private static void Send(ArrayBufferWriter<byte> buffer, ChannelWriter<ReadOnlyMemory<byte>> parts, CancellationToken cancellationToken)
    {
        parts.WriteAsync(buffer.WrittenSpan.ToArray(), cancellationToken).AsTask().GetAwaiter().GetResult();
        buffer.ResetWrittenCount();
    }

    private SqlText Select(string columns)
    {
        var sql = new SqlText().Add($"SELECT {columns} FROM events WHERE ");
        PositionSql.Write(sql, range);
        QuerySql.Write(sql.Add(" AND "), query, now);
        return sql;
    }
}
