using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Log;

/// <summary>
/// How many events the log's entries hold, as far as the last answers show: who asks for events asks Redis for entries. Thread-safe.
/// </summary>
internal sealed class EntryDensity
{
    /// <summary>An answer holds no more than this, whatever comes after entries of one event each: an entry may have 64 KB.</summary>
    private const int MostEntries = 1_000;

    private volatile int _eventsPerEntry = 1;

    /// <summary>How many entries hold about so many events, where the first may hold none of them; at least one.</summary>
    public int EntriesFor(int events) => Math.Clamp(1 + ((events + _eventsPerEntry - 2) / _eventsPerEntry), 1, MostEntries);

    /// <summary>About how many events so many entries hold.</summary>
    public int EventsOf(int entries) => entries * _eventsPerEntry;

    public void Learn(int entries, int events)
    {
        if (entries > 0)
        {
            _eventsPerEntry = Math.Clamp(events / entries, 1, EntryEvents.Most);
        }
    }
}
