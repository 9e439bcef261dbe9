using System.Globalization;
using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine;

/// <summary>Reads the history forwards, in pages that are large, because a jump or a replay needs every event. Thread-safe.</summary>
internal sealed class HistoryPages(DuckDbHistory history)
{
    private const string KeylessColumns = "ms, seq, json";

    /// <summary>The first events of (<paramref name="after"/>, <paramref name="upto"/>].</summary>
    /// <exception cref="HistoryUnavailableException">There is no history to ask.</exception>
    /// <exception cref="TimeoutException">The answer takes too long.</exception>
    public Task<HistoryPage> ReadAsync(LogPosition after, LogPosition upto, PageBounds bounds, CancellationToken cancellationToken) =>
        history.AskAsync(
            (connection, cancel) =>
            {
                var rows = new List<(LogPosition Position, byte[] Json)>();
                var bound = connection.With(cancel);
                var (end, gap) = Read(bound, after, upto, bounds, KeylessColumns, (row, position) =>
                {
                    var json = Json(row);
                    rows.Add((position, json));
                    return json.Length;
                });
                return new HistoryPage(rows, end, gap, Gaps(bound).Any(one => one.IsResetAt(after)));
            },
            cancellationToken);

    /// <summary>The same, ready to be sent; without keys, which take half of the time, where nobody filters.</summary>
    /// <exception cref="HistoryUnavailableException">There is no history to ask.</exception>
    /// <exception cref="TimeoutException">The answer takes too long.</exception>
    public Task<(List<LogEntry> Entries, LogPosition Upto, HistoryGap? Gap)> ReadEntriesAsync(
        LogPosition after, LogPosition upto, PageBounds bounds, bool withKeys, CancellationToken cancellationToken) =>
        history.AskAsync(
            (connection, cancel) =>
            {
                var entries = new List<LogEntry>();
                var encoded = new EventRows();
                var (end, gap) = Read(
                    connection.With(cancel), after, upto, bounds, withKeys ? EventRows.Columns : KeylessColumns, (row, position) =>
                    {
                        var entry = withKeys ? encoded.Read(row) : encoded.ReadKeyless(row, position, 2);
                        entries.Add(entry);
                        return entry.Frame.Length;
                    });
                return (entries, end, gap);
            },
            cancellationToken);

    /// <summary>How many events lie in an interval.</summary>
    public Task<long> CountAsync(LogPosition after, LogPosition upto, CancellationToken cancellationToken) =>
        history.AskAsync(
            (connection, cancel) =>
            {
                var sql = new SqlText().Add("SELECT count(*) FROM events WHERE ");
                PositionSql.Write(sql, new HistoryRange(after, upto));
                return connection.With(cancel).Rows(sql, row => row.GetInt64(0))[0];
            },
            cancellationToken);

    /// <summary>The last event up to and including a position; null when there is none.</summary>
    public Task<LogPosition?> LastAsync(LogPosition upto, CancellationToken cancellationToken) =>
        history.AskAsync(
            (connection, cancel) =>
            {
                var sql = new SqlText().Add("SELECT ms, seq FROM events WHERE ");
                PositionSql.Write(sql, new HistoryRange(LogPosition.Start, upto));
                sql.Add(" ORDER BY ms DESC, seq DESC LIMIT 1");
                return connection.With(cancel)
                    .Rows(sql, row => (LogPosition?)new LogPosition((ulong)row.GetInt64(0), (ulong)row.GetInt64(1))).FirstOrDefault();
            },
            cancellationToken);

    /// <summary>
    /// Rows lie in the log's order, and without an ORDER BY the database gives them out as they lie: it reads a page and no more, where sorting
    /// would read all that may belong to it.
    /// </summary>
    private static (LogPosition Upto, HistoryGap? Gap) Read(
        BoundConnection connection, LogPosition after, LogPosition upto, PageBounds bounds, string columns, Func<DuckDBDataReader, LogPosition, int> read)
    {
        var gap = NextGap(connection, after, upto);
        var end = gap is null || gap.After > upto ? upto : gap.After > after ? gap.After : after;
        if (after < end)
        {
            var sql = new SqlText().Add("SELECT ").Add(columns).Add(" FROM events WHERE ");
            PositionSql.Write(sql, new HistoryRange(after, end));
            sql.Add(" LIMIT ").Add(bounds.Events.ToString(CultureInfo.InvariantCulture));
            var (count, bytes) = (0, 0L);
            connection.While(sql, row =>
            {
                var position = new LogPosition((ulong)row.GetInt64(0), (ulong)row.GetInt64(1));
                if (position <= after)
                {
                    throw new InvalidOperationException($"History has {position} behind {after}.");
                }

                after = position;
                bytes += read(row, position);
                return ++count < bounds.Events && bytes < bounds.Bytes;
            });
            after = count < bounds.Events && bytes < bounds.Bytes ? end : after;
        }

        return (after, after == end ? gap : null);
    }

    private static byte[] Json(DuckDBDataReader row)
    {
        using var stream = row.GetStream(2);
        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return json;
    }

    /// <summary>An empty one at the very beginning of the interval hides nothing of it.</summary>
    private static HistoryGap? NextGap(BoundConnection connection, LogPosition after, LogPosition upto) =>
        Gaps(connection).FirstOrDefault(gap => gap.Upto > after && gap.After <= upto);

    private static List<HistoryGap> Gaps(BoundConnection connection) => connection.Rows(
        new SqlText().Add("SELECT after_ms, after_seq, upto_ms, upto_seq, reason FROM gaps ORDER BY after_ms, after_seq"),
        row => new HistoryGap(
            new LogPosition(row.GetFieldValue<ulong>(0), row.GetFieldValue<ulong>(1)),
            new LogPosition(row.GetFieldValue<ulong>(2), row.GetFieldValue<ulong>(3)),
            row.GetString(4)));
}
