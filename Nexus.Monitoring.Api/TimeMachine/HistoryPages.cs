using System.Globalization;
using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Reading;
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
        history.AskAsync((connection, cancel) => Read(connection.With(cancel), after, upto, limit), cancellationToken);

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

    private static HistoryPage Read(BoundConnection connection, LogPosition after, LogPosition upto, int limit)
    {
        var gap = NextGap(connection, after, upto);
        var end = gap is null || gap.After > upto ? upto : gap.After > after ? gap.After : after;
        var rows = new List<(LogPosition, byte[])>();
        for (var window = FirstWindow; after < end && rows.Count < limit; window *= 4)
        {
            var next = new LogPosition(FirstAt(connection, after, end) + (ulong)window, ulong.MaxValue);
            next = next < end ? next : end;
            Read(connection, new HistoryRange(after, next), limit - rows.Count, rows);
            after = rows.Count == limit ? rows[^1].Item1 : next;
        }

        return new HistoryPage(rows, after, after == end ? gap : null);
    }

    /// <summary>When the first event of the interval came, so that a window does not begin in years in which nothing happened.</summary>
    private static ulong FirstAt(BoundConnection connection, LogPosition after, LogPosition upto)
    {
        var sql = new SqlText().Add("SELECT min(ms) FROM events WHERE ");
        PositionSql.Write(sql, new HistoryRange(after, upto));
        return connection.Rows(sql, row => row.Integer(0))[0] is { } first ? (ulong)first : upto.Milliseconds;
    }

    private static void Read(BoundConnection connection, HistoryRange range, int limit, List<(LogPosition, byte[])> rows)
    {
        var sql = new SqlText().Add("SELECT ms, seq, json FROM events WHERE ");
        PositionSql.Write(sql, range);
        sql.Add(" ORDER BY ms, seq LIMIT ").Add(limit.ToString(CultureInfo.InvariantCulture));
        connection.Each(sql, row => rows.Add((new LogPosition((ulong)row.GetInt64(0), (ulong)row.GetInt64(1)), Json(row))));
    }

    private static byte[] Json(DuckDBDataReader row)
    {
        using var stream = row.GetStream(2);
        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return json;
    }

    /// <summary>An empty one at the very beginning of the interval was passed already.</summary>
    private static HistoryGap? NextGap(BoundConnection connection, LogPosition after, LogPosition upto) => connection
        .Rows(
            new SqlText().Add("SELECT after_ms, after_seq, upto_ms, upto_seq, reason FROM gaps ORDER BY after_ms, after_seq"),
            row => new HistoryGap(
                new LogPosition(row.GetFieldValue<ulong>(0), row.GetFieldValue<ulong>(1)),
                new LogPosition(row.GetFieldValue<ulong>(2), row.GetFieldValue<ulong>(3)),
                row.GetString(4)))
        .FirstOrDefault(gap => gap.Upto > after && gap.After <= upto);
}
