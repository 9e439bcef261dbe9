namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>
/// Remembers what was set last: at least <see cref="Bound"/> ids, at most twice as many. It holds hashes of them (<see cref="IdHash.Whole"/>)
/// and no texts, which would outlive the events that they came with. Not thread-safe.
/// </summary>
internal sealed class RecentMap<T>
    where T : struct
{
    public const int Bound = 100_000;

    private Dictionary<ulong, T> _young = [];
    private Dictionary<ulong, T> _old = [];

    public T? Find(ulong id) => _young.TryGetValue(id, out var value) || _old.TryGetValue(id, out value) ? value : null;

    public void Set(ulong id, T value)
    {
        if (_young.Count >= Bound)
        {
            (_old, _young) = (_young, []);
        }

        _young[id] = value;
    }

    public void Remove(ulong id)
    {
        _young.Remove(id);
        _old.Remove(id);
    }
}
