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
    /// <summary>Milliseconds that are looked at first; wider when they hold less than a page.</summary>
    private const long FirstWindow = 60_000;

    /// <summary>The first events of (<paramref name="after"/>, <paramref name="upto"/>].</summary>
    /// <exception cref="HistoryUnavailableException">There is no history to ask.</exception>
    /// <exception cref="TimeoutException">The answer takes too long.</exception>
    public Task<HistoryPage> ReadAsync(LogPosition after, LogPosition upto, int limit, CancellationToken cancellationToken) =>
        history.AskAsync(
            (connection, cancel) =>
            {
                var rows = new List<(LogPosition Position, byte[] Json)>();
                var bound = connection.With(cancel);
                var (end, gap) = Read(
                    bound, after, upto, limit, "ms, seq, json", rows,
                    row => (new LogPosition((ulong)row.GetInt64(0), (ulong)row.GetInt64(1)), Json(row)));
                return new HistoryPage(rows, end, gap, Gaps(bound).Any(one => one.IsResetAt(after)));
            },
            cancellationToken);

    /// <summary>The same, ready to be sent.</summary>
    /// <exception cref="HistoryUnavailableException">There is no history to ask.</exception>
    /// <exception cref="TimeoutException">The answer takes too long.</exception>
    public async Task<(IReadOnlyList<LogEntry> Entries, LogPosition Upto, HistoryGap? Gap)> ReadEntriesAsync(
        LogPosition after, LogPosition upto, int limit, CancellationToken cancellationToken)
    {
        var entries = new List<LogEntry>();
        var encoded = new EventRows();
        var (end, gap) = await history.AskAsync(
            (connection, cancel) => Read(
                connection.With(cancel), after, upto, limit, EventRows.Columns, entries, row => encoded.Read(row)),
            cancellationToken);
        return (entries, end, gap);
    }

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

    private static (LogPosition Upto, HistoryGap? Gap) Read<T>(
        BoundConnection connection, LogPosition after, LogPosition upto, int limit, string columns, List<T> rows, Func<DuckDBDataReader, T> read)
    {
        var gap = NextGap(connection, after, upto);
        var end = gap is null || gap.After > upto ? upto : gap.After > after ? gap.After : after;
        for (var window = FirstWindow; after < end && rows.Count < limit; window *= 4)
        {
            var next = new LogPosition(FirstAt(connection, after, end) + (ulong)window, ulong.MaxValue);
            next = next < end ? next : end;
            // Only positions are looked at to find where the page ends: the events themselves are large, and sorting more than a page of them is slow.
            var last = Nth(connection, new HistoryRange(after, next), limit - rows.Count);
            next = last ?? next;
            var sql = new SqlText().Add("SELECT ").Add(columns).Add(" FROM events WHERE ");
            PositionSql.Write(sql, new HistoryRange(after, next));
            sql.Add(" ORDER BY ms, seq");
            connection.Each(sql, row => rows.Add(read(row)));
            after = next;
        }

        return (after, after == end ? gap : null);
    }

    private static LogPosition? Nth(BoundConnection connection, HistoryRange range, int number)
    {
        var sql = new SqlText().Add("SELECT ms, seq FROM events WHERE ");
        PositionSql.Write(sql, range);
        sql.Add(" ORDER BY ms, seq LIMIT 1 OFFSET ").Add((number - 1).ToString(CultureInfo.InvariantCulture));
        return connection
            .Rows(sql, row => (LogPosition?)new LogPosition((ulong)row.GetInt64(0), (ulong)row.GetInt64(1))).FirstOrDefault();
    }

    /// <summary>When the first event of the interval came, so that a window does not begin in years in which nothing happened.</summary>
    private static ulong FirstAt(BoundConnection connection, LogPosition after, LogPosition upto)
    {
        var sql = new SqlText().Add("SELECT min(ms) FROM events WHERE ");
        PositionSql.Write(sql, new HistoryRange(after, upto));
        return connection.Rows(sql, row => row.Integer(0))[0] is { } first ? (ulong)first : upto.Milliseconds;
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
