using System.Diagnostics.CodeAnalysis;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>
/// Entries by key, at most <paramref name="capacity"/>, of which at most <paramref name="endedCapacity"/> have ended. What ended first is
/// forgotten first. Only when nothing has ended is the oldest open entry forgotten; that is counted, because then the state no longer tells
/// the whole truth.
/// </summary>
internal sealed class StateTable<TKey, TEntry>(
    Func<TEntry, TKey> keyOf, int capacity, int endedCapacity = int.MaxValue, Action<TEntry>? forgotten = null, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
    where TEntry : StateEntry
{
    private readonly Dictionary<TKey, TEntry> _entries = new(comparer);
    private readonly StateList _open = new();
    private readonly StateList _ended = new();

    /// <summary>The entries, for lookups by something that is as good as a key.</summary>
    public Dictionary<TKey, TEntry> Entries => _entries;

    public int OpenCount => _open.Count;

    public int EndedCount => _ended.Count;

    public long OpenForgotten { get; set; }

    /// <summary>The one that ended first of those kept.</summary>
    public TEntry? OldestEnded => (TEntry?)_ended.Oldest;

    public bool TryGet(TKey key, [NotNullWhen(true)] out TEntry? entry) => _entries.TryGetValue(key, out entry);

    /// <summary>Makes room at once for so many more.</summary>
    public void EnsureCapacity(int more) => _entries.EnsureCapacity(Math.Min(capacity, _entries.Count + more));

    public void Add(TEntry entry, bool ended = false)
    {
        if (_entries.Count >= capacity)
        {
            Forget();
        }

        _entries.Add(keyOf(entry), entry);
        if (ended)
        {
            End(entry);
        }
        else
        {
            _open.Append(entry);
        }
    }

    /// <summary>The entry will be forgotten before open ones; the one that ended last goes last.</summary>
    public void End(TEntry entry)
    {
        _ended.Append(entry);
        if (_ended.Count > endedCapacity)
        {
            Forget();
        }
    }

    /// <summary>The entry goes on, as the newest of the open ones unless it is open already.</summary>
    public void Reopen(TEntry entry)
    {
        if (entry.List != _open)
        {
            _open.Append(entry);
        }
    }

    /// <summary>Open entries from the oldest on.</summary>
    public IEnumerable<TEntry> Open
    {
        get
        {
            for (var entry = _open.Oldest; entry is not null; entry = entry.Newer)
            {
                yield return (TEntry)entry;
            }
        }
    }

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

    private void Forget()
    {
        var entry = _ended.Oldest;
        if (entry is null)
        {
            entry = _open.Oldest!;
            OpenForgotten++;
        }

        forgotten?.Invoke((TEntry)entry);
        entry.List!.Remove(entry);
        _entries.Remove(keyOf((TEntry)entry));
    }
}
