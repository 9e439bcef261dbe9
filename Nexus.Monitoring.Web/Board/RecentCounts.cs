namespace Nexus.Monitoring.Web.Board;

/// <summary>
/// How often something happened lately, by key: a ring of slots each, by the log's clock. At most <paramref name="capacity"/> keys;
/// the one silent longest makes room. Not thread-safe.
/// </summary>
internal sealed class RecentCounts(int capacity, int slots, TimeSpan slotLength)
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public int Slots => slots;

    public TimeSpan Window => slotLength * slots;

    /// <summary>Of what happened at all.</summary>
    public IReadOnlyCollection<string> Keys => _entries.Keys;

    public void Add(string key, DateTimeOffset at)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            if (_entries.Count == capacity)
            {
                _entries.Remove(_entries.MinBy(pair => pair.Value.Newest).Key);
            }

            _entries.Add(key, entry = new Entry(slots));
        }

        entry.Add(SlotOf(at));
    }

    /// <summary>One count per slot up to the one that covers <paramref name="now"/>, oldest first.</summary>
    public int[] Of(string key, DateTimeOffset now) =>
        _entries.TryGetValue(key, out var entry) ? entry.Read(SlotOf(now)) : new int[slots];

    public int Sum(string key, DateTimeOffset now) => _entries.TryGetValue(key, out var entry) ? entry.Read(SlotOf(now)).Sum() : 0;

    public void Clear() => _entries.Clear();

    private long SlotOf(DateTimeOffset at) => at.UtcTicks / slotLength.Ticks;

    private sealed class Entry(int length)
    {
        private readonly int[] _counts = new int[length];

        public long Newest { get; private set; }

        public void Add(long slot)
        {
            if (slot > Newest)
            {
                for (var skipped = Math.Max(Newest + 1, slot - length + 1); skipped <= slot; skipped++)
                {
                    _counts[skipped % length] = 0;
                }

                Newest = slot;
            }

            if (slot > Newest - length)
            {
                _counts[slot % length]++;
            }
        }

        public int[] Read(long now)
        {
            var counts = new int[length];
            for (var i = 0; i < length; i++)
            {
                var slot = now - length + 1 + i;
                if (slot <= Newest && slot > Newest - length)
                {
                    counts[i] = _counts[slot % length];
                }
            }

            return counts;
        }
    }
}
