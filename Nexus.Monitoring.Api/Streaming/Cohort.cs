using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// The readers with one filter, and which of the ring's newest entries match it, written down once for all of them. Thread-safe; one
/// writer.
/// </summary>
/// <param name="filter">What they want.</param>
/// <param name="ring">The ring whose entries are counted.</param>
/// <param name="from">Index in it from which on entries are routed here.</param>
internal sealed class Cohort(EventFilter filter, EventRing ring, long from)
{
    /// <summary>Most matches remembered, 8 KB of indexes; who is further behind looks at the ring's entries itself.</summary>
    public const int MaxMatches = 1024;

    private const int FewestMatches = 8;

    private readonly Lock _gate = new();
    private long[] _matches = filter.MatchesAll ? [] : new long[FewestMatches];
    private EventRing _ring = ring;
    private long _from = from;
    private long _first;
    private long _end;
    private int _members;

    public EventFilter Filter => filter;

    /// <summary>Who is to be woken. Guarded by the index.</summary>
    public HashSet<WakeSignal> Signals { get; } = [];

    /// <summary>Whether bytes that were encoded for one reader may serve another.</summary>
    public bool IsShared => Volatile.Read(ref _members) > 1;

    /// <summary>Whether an entry was added since the last wake-up. Guarded by the index.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Notes an entry that matches. Guarded by the index, entries in their order.</summary>
    public void Add(long index)
    {
        IsTouched = true;
        if (filter.MatchesAll)
        {
            return;
        }

        lock (_gate)
        {
            if (_end - _first == _matches.Length)
            {
                MakeRoom();
            }

            _matches[_end & (_matches.Length - 1)] = index;
            _end++;
        }
    }

    public void CountMembers() => Volatile.Write(ref _members, Signals.Count);

    /// <summary>Starts anew with another ring.</summary>
    public void Restart(EventRing ring)
    {
        lock (_gate)
        {
            _ring = ring;
            _from = ring.Head.Index + 1;
            _first = _end;
        }
    }

    /// <summary>Fills in indexes of matching entries from <paramref name="next"/> on; false when not all of them are known here.</summary>
    /// <param name="ring">The ring that <paramref name="next"/> counts in.</param>
    /// <param name="next">The first entry that is asked for.</param>
    /// <param name="last">The last one that is asked for; all up to there have been routed.</param>
    /// <param name="output">Receives as many as it holds.</param>
    /// <param name="count">How many there are in <paramref name="output"/>.</param>
    public bool TryRead(EventRing ring, long next, long last, Span<long> output, out int count)
    {
        count = 0;
        lock (_gate)
        {
            if (ring != _ring || next < _from || filter.MatchesAll)
            {
                return false;
            }

            for (var i = Find(next); i < _end && count < output.Length; i++)
            {
                var index = _matches[i & (_matches.Length - 1)];
                if (index > last)
                {
                    break;
                }

                output[count++] = index;
            }

            return true;
        }
    }

    /// <summary>The place of the first match that is not before <paramref name="index"/>; readers are mostly near the end.</summary>
    private long Find(long index)
    {
        var (low, high) = (_first, _end);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (_matches[middle & (_matches.Length - 1)] < index)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private void MakeRoom()
    {
        if (_matches.Length == MaxMatches)
        {
            _from = _matches[_first & (_matches.Length - 1)] + 1;
            _first++;
            return;
        }

        var larger = new long[_matches.Length * 2];
        for (var i = _first; i < _end; i++)
        {
            larger[i & (larger.Length - 1)] = _matches[i & (_matches.Length - 1)];
        }

        _matches = larger;
    }
}
