using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>
/// What was told of events lately, of which nothing changes any more; the longest ones are asked for again and again, and each lies in
/// another part of the file. Holds at most twice <see cref="Bound"/>. Thread-safe.
/// </summary>
internal sealed class RecentRows<T>
    where T : class
{
    public const int Bound = 2_000;

    private readonly Lock _gate = new();
    private Dictionary<LogPosition, T> _young = [];
    private Dictionary<LogPosition, T> _old = [];

    /// <summary>Adds to <paramref name="found"/> what is remembered of these positions.</summary>
    /// <returns>The others.</returns>
    public HashSet<LogPosition> Find(IEnumerable<LogPosition> positions, Dictionary<LogPosition, T> found)
    {
        var others = new HashSet<LogPosition>();
        lock (_gate)
        {
            foreach (var position in positions)
            {
                if (_young.TryGetValue(position, out var row))
                {
                    found[position] = row;
                }
                else if (_old.TryGetValue(position, out row))
                {
                    // What is asked for stays.
                    Set(position, row);
                    found[position] = row;
                }
                else
                {
                    others.Add(position);
                }
            }
        }

        return others;
    }

    public T Remember(LogPosition position, T row)
    {
        lock (_gate)
        {
            Set(position, row);
        }

        return row;
    }

    private void Set(LogPosition position, T row)
    {
        if (_young.Count >= Bound)
        {
            (_old, _young) = (_young, []);
        }

        _young[position] = row;
    }
}
