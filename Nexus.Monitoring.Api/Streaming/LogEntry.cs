using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>One event of the log, encoded once for every reader. Immutable once it is in a ring, but for <see cref="Decoded"/>.</summary>
internal sealed class LogEntry(LogPosition position, EventKeys keys, ReadOnlyMemory<byte> frame, int header = 0)
{
    /// <summary>A field, because filters take it by reference.</summary>
    public readonly EventKeys Keys = keys;

    public LogPosition Position { get; } = position;

    /// <summary>The event's UTF-8 JSON on one line, with <c>cursor</c> as its last field.</summary>
    public ReadOnlyMemory<byte> Json => Frame[header..];

    /// <summary>The same with the header of a <see cref="TextFrame"/> before it. Entries that were read together lie side by side in memory.</summary>
    public ReadOnlyMemory<byte> Frame { get; } = frame;

    /// <summary>
    /// The event as it was decoded, for the one reader that folds every event soon after it came, and then lets go of it: null afterwards. The
    /// ring itself keeps bytes only, but for its newest <see cref="EventRing.MaxDecoded"/> entries.
    /// </summary>
    public MonitoringEvent? Decoded { get; set; }

    /// <summary>The event, decoded unless somebody has; null when it is none.</summary>
    public MonitoringEvent? Read() => Decoded ?? (EventJson.TryRead(Json.Span, out var e, out _) ? e : null);

    /// <summary>Whether it is wanted. Decodes the event only when its keys do not tell.</summary>
    public bool IsWantedBy(EventFilter filter) => IsWantedBy(filter, out _);

    /// <summary>The same, and why a filter that asks for the whole event could not be answered: then it is not wanted, by any reader.</summary>
    public bool IsWantedBy(EventFilter filter, out Exception? problem)
    {
        problem = null;
        return filter.Matches(in Keys) && (filter.NeedsKeysOnly || AskWhole(filter, out problem));
    }

    /// <summary>Counts the entries of one ring from 0; set by the ring before others can see the entry.</summary>
    public long Index { get; set; } = -1;

    /// <summary>One event that one filter stumbles over must end neither the tail nor anybody else's stream.</summary>
    private bool AskWhole(EventFilter filter, out Exception? problem)
    {
        problem = null;
        try
        {
            return Read() is { } decoded && filter.Matches(decoded, Position.Time);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            problem = error;
            return false;
        }
    }
}
