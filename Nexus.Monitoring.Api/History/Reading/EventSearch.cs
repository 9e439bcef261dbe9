using DuckDB.NET.Data;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>
/// Looks for events from one end of a range, window by window, so that a page costs what it shows and not what there is. Once the <see
/// cref="Budget"/> is used up the page ends where it has come to: the next one goes on there.
/// </summary>
internal sealed class EventSearch(DuckDBConnection connection, EventQuery query, TimeProvider time, CancellationToken cancellationToken)
{
    private const long FirstWindow = 60_000;

    /// <summary>After a window that took less than this, the next one is wider.</summary>
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(45);

    private readonly EventRows _rows = new();
    private readonly DateTimeOffset _now = time.GetUtcNow();

    public LogPage Read(HistoryRange range, bool isBackwards, int limit)
    {
        var entries = new List<LogEntry>();
        if (range.Upto <= range.After)
        {
            // Who is ahead of the history stays there: going back would repeat what was seen.
            var place = isBackwards ? range.Upto : range.After;
            return new LogPage(place, place, entries);
        }

        if (query.RequiredValues("event_id") is { Count: > 0 } ids)
        {
            return ReadKnown(range, ids, isBackwards, limit);
        }

        var (window, began, isBegun) = (FirstWindow, time.GetTimestamp(), false);
        var places = Places(range);
        foreach (var place in isBackwards ? places.AsEnumerable().Reverse() : places)
        {
            var left = place;
            while (left.Upto > left.After)
            {
                if (isBegun && time.GetElapsedTime(began) > Budget)
                {
                    return Whole(isBackwards ? range with { After = left.Upto } : range with { Upto = left.After }, entries, isBackwards);
                }

                var part = isBackwards ? left with { After = Earlier(left, window) } : left with { Upto = Later(left, window) };
                var partBegan = time.GetTimestamp();
                entries.AddRange(Find(part, isBackwards, limit - entries.Count));
                if (entries.Count >= limit)
                {
                    return Full(range, entries, isBackwards);
                }

                left = isBackwards ? left with { Upto = part.After } : left with { After = part.Upto };
                window *= time.GetElapsedTime(partBegan) < Quick ? 4 : 1;
                isBegun = true;
            }
        }

        return Whole(range, entries, isBackwards);
    }

    /// <summary>Where in a range there can be anything that is asked for, the first first.</summary>
    private List<HistoryRange> Places(HistoryRange range)
    {
        var stored = Stored(range);
        return query.RequiredValues("task_id") is { Count: > 0 } tasks
            ? TaskPlaces.Of(connection.With(cancellationToken), tasks).ConvertAll(place => new HistoryRange(
                LogPositions.Later(stored.After, new LogPosition((ulong)place.FirstMs, 0).Previous()),
                LogPositions.Earlier(stored.Upto, new LogPosition((ulong)place.LastMs, ulong.MaxValue))))
            : [stored];
    }

    /// <summary>Where the events with these ids lie is looked up first: what else is asked of them is asked there, and nowhere else.</summary>
    private LogPage ReadKnown(HistoryRange range, IReadOnlyList<string> ids, bool isBackwards, int limit)
    {
        var places = connection.With(cancellationToken).Rows(
            QuerySql.PlacesOf(ids), row => row.Position());
        var inOrder = places.Where(place => place > range.After && place <= range.Upto).Distinct().Order();
        var entries = new List<LogEntry>();
        foreach (var place in isBackwards ? inOrder.Reverse() : inOrder)
        {
            entries.AddRange(Find(new HistoryRange(place.Previous(), place), isBackwards, 1));
            if (entries.Count >= limit)
            {
                return Full(range, entries, isBackwards);
            }
        }

        return Whole(range, entries, isBackwards);
    }

    /// <summary>The part of a range in which there is anything: years without an event are not looked through window by window.</summary>
    private HistoryRange Stored(HistoryRange range)
    {
        var (first, last) = connection.With(cancellationToken).Rows(
            new SqlText().Add("SELECT min(ms), max(ms) FROM events"), row => (row.Integer(0), row.Integer(1)))[0];
        var (after, upto) = first is { } oldest && last is { } newest
            ? (new LogPosition((ulong)oldest, 0).Previous(), new LogPosition((ulong)newest, ulong.MaxValue))
            : (range.Upto, range.Upto);
        return new HistoryRange(LogPositions.Later(range.After, after), LogPositions.Earlier(range.Upto, upto));
    }

    private static LogPage Whole(HistoryRange range, List<LogEntry> entries, bool isBackwards) =>
        new(range.After, range.Upto, isBackwards ? [.. entries.AsEnumerable().Reverse()] : entries);

    private static LogPage Full(HistoryRange range, List<LogEntry> entries, bool isBackwards)
    {
        var last = entries[^1].Position;
        if (!isBackwards)
        {
            return new LogPage(range.After, last, entries);
        }

        entries.Reverse();
        return new LogPage(last.Previous(), range.Upto, entries);
    }

    private static LogPosition Earlier(HistoryRange left, long window)
    {
        var start = new LogPosition(left.Upto.Milliseconds > (ulong)window ? left.Upto.Milliseconds - (ulong)window : 0, 0);
        return LogPositions.Later(start, left.After);
    }

    private static LogPosition Later(HistoryRange left, long window)
    {
        var end = new LogPosition(left.After.Milliseconds + (ulong)window, ulong.MaxValue);
        return LogPositions.Earlier(end, left.Upto);
    }

    private List<LogEntry> Find(HistoryRange part, bool isBackwards, int limit)
    {
        var sql = new SqlText().Add($"SELECT {EventRows.Columns} FROM events WHERE ");
        PositionSql.Write(sql, part);
        sql.Add(" AND ");
        QuerySql.Write(sql, query, _now);
        sql.Add(isBackwards ? " ORDER BY ms DESC, seq DESC LIMIT " : " ORDER BY ms, seq LIMIT ").Value((long)limit);
        return connection.With(cancellationToken).Rows(sql, _rows.Read);
    }
}
