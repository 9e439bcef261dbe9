namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>Remembers what was set last: at least <see cref="Bound"/> keys, at most twice as many. Not thread-safe.</summary>
internal sealed class RecentMap<T>
    where T : struct
{
    public const int Bound = 100_000;

    private Dictionary<string, T> _young = [];
    private Dictionary<string, T> _old = [];

    public T? Find(string key) => _young.TryGetValue(key, out var value) || _old.TryGetValue(key, out value) ? value : null;

    public void Set(string key, T value)
    {
        if (_young.Count >= Bound)
        {
            (_old, _young) = (_young, []);
        }

        _young[key] = value;
    }

    public void Remove(string key)
    {
        _young.Remove(key);
        _old.Remove(key);
    }
}
