namespace Nexus.Monitoring.Contracts.Log;

/// <summary>
/// How the log holds several events in one entry: their JSON in the field <see cref="LogKeys.EventsField"/>, one a line. Events that come
/// together cost the log and its readers one entry instead of many. An event alone may stand in the field <see cref="LogKeys.EventField"/>.
/// </summary>
public static class EntryEvents
{
    /// <summary>Most events of one entry. One with more holds none, so that nobody reads more at once than expected.</summary>
    public const int Most = 64;

    /// <summary>Most bytes that a producer puts into an entry of more than one event, line breaks included.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>The events of the field, in their order.</summary>
    /// <param name="lines">UTF-8 JSON, one event a line; a line break at the end ends the last one.</param>
    /// <param name="events">Receives slices of <paramref name="lines"/>; what it held before is gone.</param>
    /// <returns>Whether the field is one: it holds 1 to <see cref="Most"/> events.</returns>
    public static bool TrySplit(ReadOnlyMemory<byte> lines, List<ReadOnlyMemory<byte>> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        events.Clear();
        while (!lines.IsEmpty && events.Count < Most)
        {
            var end = lines.Span.IndexOf((byte)'\n');
            events.Add(end < 0 ? lines : lines[..end]);
            lines = end < 0 ? default : lines[(end + 1)..];
        }

        return events.Count > 0 && lines.IsEmpty;
    }
}
