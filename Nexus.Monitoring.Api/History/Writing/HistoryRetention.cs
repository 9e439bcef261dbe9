using System.Globalization;
using DuckDB.NET.Data;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>
/// Deletes what has become too old or too much, on a connection of its own: readers go on with what they began with, the writer appends
/// beside it.
/// </summary>
internal sealed class HistoryRetention(
    HistoryStore store, HistoryState state, TimeProvider time, IOptions<HistoryOptions> options, ILogger<HistoryRetention> logger)
    : BackgroundService
{
    /// <summary>How much is left when the file was too large, so that the next event does not make it so again.</summary>
    private const double SizeAfter = 0.9;

    /// <summary>What goes with the events before <c>$before</c>.</summary>
    private static readonly IReadOnlyList<string> Older =
    [
        .. new[] { "attempt_starts", "attempt_ends", "failures", "run_events", "queue_depths" }.Select(table => $"{table} WHERE ms < $before"),
        .. new[] { "task_filters", "run_spans" }.Select(table => $"{table} WHERE last_ms < $before"),
        .. MinuteDimensions.Tables.Select(table => $"{table} WHERE minute < $before - {MinuteCounts.Minute}"),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsKept)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Value.RetentionInterval, time);
        while (await WaitAsync(timer, stoppingToken))
        {
            try
            {
                if (store.Current is { } database && state.Problem is null)
                {
                    Enforce(database);
                }
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // The writer meets whatever is wrong with the file itself; a conflict of two transactions is gone next time.
                logger.RetentionFailed(error.Message);
            }
        }
    }

    internal void Enforce(HistoryDatabase database)
    {
        using var connection = database.Connect();
        if (options.Value.MaxAge > TimeSpan.Zero)
        {
            Delete(connection, time.GetUtcNow().ToUnixTimeMilliseconds() - (long)options.Value.MaxAge.TotalMilliseconds, "age");
        }

        if (options.Value.MaxSizeBytes > 0 && UsedBytes(connection) is var used && used > options.Value.MaxSizeBytes)
        {
            Compact(connection);
            used = UsedBytes(connection);
            var live = used * LivePart(connection);
            if (used > options.Value.MaxSizeBytes && live > options.Value.MaxSizeBytes
                && FindCut(connection, 1 - (options.Value.MaxSizeBytes * SizeAfter / live)) is { } cut)
            {
                Delete(connection, cut, "size");
            }
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Bytes of the file that hold data; the rest is used again before the file grows.</summary>
    private static long UsedBytes(DuckDBConnection connection) =>
        Number(connection, "SELECT used_blocks * block_size FROM pragma_database_size()");

    /// <summary>
    /// Which part of the stored rows is not deleted yet. Deleted ones take space as long as somebody reads what was there before; that space
    /// comes back by itself, so nothing more has to be deleted for it. Only whole groups of rows are ever given back.
    /// </summary>
    private static double LivePart(DuckDBConnection connection)
    {
        var stored = Number(connection, "SELECT estimated_size FROM duckdb_tables() WHERE table_name = 'events'");
        var deleted = Math.Max(0, stored - Number(connection, "SELECT count(*) FROM events"));
        return stored == 0 ? 1 : (double)(stored - (deleted / HistoryDatabase.RowGroup * HistoryDatabase.RowGroup)) / stored;
    }

    private static long Number(DuckDBConnection connection, string sql) =>
        Convert.ToInt64(connection.Scalar(sql), CultureInfo.InvariantCulture);

    /// <summary>The moment before which that part of the rows lies.</summary>
    private static long? FindCut(DuckDBConnection connection, double part)
    {
        var cut = connection.Scalar(
            "SELECT max(ms) FROM events WHERE rowid <= (SELECT min(rowid) + (max(rowid) - min(rowid)) * $part FROM events)",
            new DuckDBParameter("part", Math.Clamp(part, 0, 1)));
        return cut is long ms ? ms + 1 : null;
    }

    private void Delete(DuckDBConnection connection, long before, string reason)
    {
        int deleted;
        var floor = new LogPosition((ulong)Math.Max(0, before - 1), ulong.MaxValue);
        using (var transaction = connection.BeginTransaction())
        {
            deleted = connection.Execute("DELETE FROM events WHERE ms < $before", new DuckDBParameter("before", before));
            if (deleted == 0)
            {
                return;
            }

            foreach (var condition in Older)
            {
                connection.Execute($"DELETE FROM {condition}", new DuckDBParameter("before", before));
            }

            connection.Execute("DELETE FROM gaps WHERE upto_ms < $before", new DuckDBParameter("before", (ulong)before));
            connection.Execute(
                "UPDATE retention SET floor_ms = $ms, floor_seq = $seq",
                new DuckDBParameter("ms", floor.Milliseconds), new DuckDBParameter("seq", floor.Sequence));
            transaction.Commit();
        }

        state.RaiseFloor(floor);
        logger.Deleted(deleted, floor.Time, reason);
        Compact(connection);
    }

    /// <summary>Gives the space of deleted rows back to the file. Not while somebody writes; then the next automatic one does.</summary>
    private static void Compact(DuckDBConnection connection)
    {
        try
        {
            connection.Execute("CHECKPOINT");
        }
        catch (DuckDBException error) when (error.Message.Contains("CHECKPOINT", StringComparison.OrdinalIgnoreCase))
        {
            // Tried again by the next commit that is large enough.
        }
    }
}
