using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Tasks;

/// <summary>
/// Tasks that were listed lately, by the event that ended them, of which nothing changes any more; the longest ones are asked for again and
/// again. Holds at most twice <see cref="Bound"/>. Thread-safe.
/// </summary>
internal sealed class ToldTasks
{
    public const int Bound = 2_000;

    private readonly Lock _gate = new();
    private Dictionary<LogPosition, TaskRow> _young = [];
    private Dictionary<LogPosition, TaskRow> _old = [];

    public TaskRow? Find(LogPosition position)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(position, out var row))
            {
                return row;
            }

            // What is asked for stays.
            return _old.TryGetValue(position, out row) ? Set(row) : null;
        }
    }

    public TaskRow Remember(TaskRow row)
    {
        lock (_gate)
        {
            return Set(row);
        }
    }

    private TaskRow Set(TaskRow row)
    {
        if (_young.Count >= Bound)
        {
            (_old, _young) = (_young, []);
        }

        _young[row.Position] = row;
        return row;
    }
}
