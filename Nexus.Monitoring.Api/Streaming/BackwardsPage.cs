using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Collects a page from its newest event to its oldest.</summary>
internal sealed class BackwardsPage(EventFilter filter, LogPosition start, int limit)
{
    private readonly List<LogEntry> _entries = [];
    private readonly LogPosition _upto = start;

    /// <summary>Everything after this position, up to the page's end, was looked at.</summary>
    public LogPosition After { get; private set; } = start;

    public int Scanned { get; private set; }

    public bool IsFull => _entries.Count >= limit;

    /// <summary>Takes the entry into account.</summary>
    /// <param name="entry">The newest one not yet looked at.</param>
    /// <param name="previous">Where the one before it stands.</param>
    public void Add(LogEntry entry, LogPosition previous)
    {
        Scanned++;
        After = previous;
        if (entry.IsWantedBy(filter))
        {
            _entries.Add(entry);
        }
    }

    public void MoveTo(LogPosition after) => After = after;

    public LogPage ToPage()
    {
        _entries.Reverse();
        return new LogPage(After, _upto, _entries);
    }
}
