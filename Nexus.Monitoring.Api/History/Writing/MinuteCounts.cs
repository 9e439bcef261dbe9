using System.Globalization;
using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>
/// Counts the minutes of the log while their events are added. Minutes that are over are written in the transaction of the last of their
/// rows, so that questions about long periods add minutes up instead of events. Not thread-safe.
/// </summary>
internal sealed class MinuteCounts
{
    public const long Minute = 60_000;

    /// <summary>Of each minute that is not written yet: one, and those whose events are in the batch that is being filled.</summary>
    private readonly Dictionary<long, MinuteTally> _minutes = [];
    private MinuteTally _newest = new();
    private long _newestMinute = -1;

    /// <summary>Counts again what is stored and not yet counted: the minute in which the file ends.</summary>
    public static MinuteCounts From(DuckDBConnection connection)
    {
        var counts = new MinuteCounts();
        var upto = Convert.ToInt64(connection.Scalar("SELECT upto_ms FROM rolled"), CultureInfo.InvariantCulture);
        var rows = new SqlText().Add(
            $"""
            SELECT ms, event_type, project_id, task_type, phase, worker_id, wait_ms, {AttemptSql.Took} FROM events WHERE ms >=
            """).Add(" ").Value(upto);
        connection.With(CancellationToken.None).Each(rows, row => counts.Add(
            row.GetInt64(0),
            new CountedEvent(row.GetString(1), row.Text(2), row.Text(3), row.Text(4), (int?)row.Integer(5), row.Integer(6), row.Integer(7))));
        return counts;
    }

    /// <summary>Counts an event that was appended at that millisecond.</summary>
    public void Add(long ms, in CountedEvent e)
    {
        var minute = ms - (ms % Minute);
        if (minute != _newestMinute)
        {
            if (!_minutes.TryGetValue(minute, out var tally))
            {
                _minutes[minute] = tally = new MinuteTally();
            }

            (_newest, _newestMinute) = (tally, minute);
        }

        _newest.Add(e);
    }

    /// <summary>Gives away all minutes before that of <paramref name="headMs"/>.</summary>
    /// <returns>Null when there are none.</returns>
    public MinutesOver? TakeOver(long headMs)
    {
        var end = headMs - (headMs % Minute);
        var over = _minutes.Where(minute => minute.Key < end).OrderBy(minute => minute.Key).Select(minute => (minute.Key, minute.Value)).ToList();
        if (over.Count == 0)
        {
            return null;
        }

        over.ForEach(minute => _minutes.Remove(minute.Key));
        _newestMinute = -1;
        return new MinutesOver(over, end);
    }
}
