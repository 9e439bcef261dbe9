using System.Diagnostics.CodeAnalysis;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>
/// Entries by key, at most <paramref name="capacity"/>. When one more comes, the entry that ended first is forgotten, or, when none has
/// ended, the oldest that is still open; the latter is counted, because then the state no longer tells the whole truth.
/// </summary>
internal sealed class StateTable<TKey, TEntry>(int capacity, Action<TEntry>? forgotten = null)
    where TKey : notnull
    where TEntry : StateEntry
{
    private readonly Dictionary<TKey, TEntry> _entries = [];
    private readonly StateList _open = new();
    private readonly StateList _ended = new();
    private readonly Dictionary<StateEntry, TKey> _keys = new(ReferenceEqualityComparer.Instance);

    public int Count => _entries.Count;

    public long OpenForgotten { get; set; }

    public bool TryGet(TKey key, [NotNullWhen(true)] out TEntry? entry) => _entries.TryGetValue(key, out entry);

    public void Add(TKey key, TEntry entry, bool ended = false)
    {
        if (_entries.Count >= capacity)
        {
            Forget();
        }

        _entries.Add(key, entry);
        _keys.Add(entry, key);
        (ended ? _ended : _open).Append(entry);
    }

    /// <summary>The entry will be forgotten before open ones; the one that ended last goes last.</summary>
    public void End(TEntry entry) => _ended.Append(entry);

    /// <summary>The entry goes on, as the newest of the open ones unless it is open already.</summary>
    public void Reopen(TEntry entry)
    {
        if (entry.List != _open)
        {
            _open.Append(entry);
        }
    }

    /// <summary>Open entries from the oldest on.</summary>
    public IEnumerable<TEntry> Open => Enumerate(_open);

    /// <summary>Ended entries from the one that ended last.</summary>
    public IEnumerable<TEntry> EndedNewestFirst
    {
        get
        {
            for (var entry = _ended.Newest; entry is not null; entry = entry.Older)
            {
                yield return (TEntry)entry;
            }
        }
    }

    private static IEnumerable<TEntry> Enumerate(StateList list)
    {
        for (var entry = list.Oldest; entry is not null; entry = entry.Newer)
        {
            yield return (TEntry)entry;
        }
    }

    private void Forget()
    {
        var entry = _ended.Oldest;
        if (entry is null)
        {
            entry = _open.Oldest!;
            OpenForgotten++;
        }

        entry.List!.Remove(entry);
        _keys.Remove(entry, out var key);
        _entries.Remove(key!);
        forgotten?.Invoke((TEntry)entry);
    }
}
