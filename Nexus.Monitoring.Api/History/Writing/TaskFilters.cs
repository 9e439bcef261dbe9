using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>
/// Notes which tasks each part of the log is about, so that the events of one are looked for in a few parts and not in all
/// (<c>task_filters</c>). The newest part is written once it is full; until then it is looked through. Not thread-safe.
/// </summary>
internal sealed class TaskFilters
{
    /// <summary>About as many as 100 000 events are about.</summary>
    internal const int MaxTasks = 32_768;

    /// <summary>However few tasks they are about: what is not noted yet is looked through, and read again after a start.</summary>
    internal const int MaxEvents = 1_000_000;

    private readonly HashSet<ulong> _tasks = [];
    private List<TaskFilter> _full = [];
    private (long FirstMs, int Events) _part;

    /// <summary>Notes again what is stored and not yet noted.</summary>
    public static TaskFilters From(DuckDBConnection connection)
    {
        var filters = new TaskFilters();
        var rows = new SqlText().Add(
            "SELECT ms, task_id FROM events WHERE ms >= (SELECT coalesce(max(last_ms), 0) FROM task_filters) ORDER BY ms, seq");
        connection.With(CancellationToken.None).Each(rows, row => filters.Add(row.Text(1), row.GetInt64(0)));
        return filters;
    }

    /// <summary>Takes an event into account that was appended at that millisecond.</summary>
    public void Add(string? taskId, long ms)
    {
        _part = _part.Events == 0 ? (ms, 1) : (_part.FirstMs, _part.Events + 1);
        if (taskId is not null)
        {
            _tasks.Add(IdHash.Whole(taskId));
        }

        if (_tasks.Count >= MaxTasks || _part.Events >= MaxEvents)
        {
            _full.Add(new TaskFilter(_part.FirstMs, ms, BloomFilter.Of(_tasks)));
            _tasks.Clear();
            _part = default;
        }
    }

    /// <summary>Gives away the parts that are full.</summary>
    public IReadOnlyList<TaskFilter> TakeFull()
    {
        var full = _full;
        _full = [];
        return full;
    }
}
