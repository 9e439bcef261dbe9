using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Redis;

/// <summary>What goes into one entry of the log.</summary>
/// <param name="Events">How many events it is.</param>
/// <param name="Payload">The JSON of one, or of several, one a line.</param>
internal readonly record struct EntryPayload(int Events, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The field that holds it.</summary>
    public string Field => Events == 1 ? LogKeys.EventField : LogKeys.EventsField;

    /// <summary>As few entries as the events fit into, in their order.</summary>
    public static IReadOnlyList<EntryPayload> Of(IReadOnlyList<ReadOnlyMemory<byte>> events)
    {
        var entries = new List<EntryPayload>();
        for (var from = 0; from < events.Count;)
        {
            var (count, bytes) = Fit(events, from);
            entries.Add(new EntryPayload(count, count == 1 ? events[from] : Join(events, from, count, bytes)));
            from += count;
        }

        return entries;
    }

    /// <summary>How many from there on share an entry. An event that is not one line, as JSON allows, has one to itself.</summary>
    private static (int Count, int Bytes) Fit(IReadOnlyList<ReadOnlyMemory<byte>> events, int from)
    {
        var (count, bytes) = (1, events[from].Length);
        while (count < EntryEvents.Most
            && from + count < events.Count
            && bytes + 1 + events[from + count].Length is var longer
            && longer <= EntryEvents.MostBytes
            && IsLine(events[from + count - 1])
            && IsLine(events[from + count]))
        {
            (count, bytes) = (count + 1, longer);
        }

        return (count, bytes);
    }

    private static bool IsLine(ReadOnlyMemory<byte> json) => !json.Span.Contains((byte)'\n');

    private static byte[] Join(IReadOnlyList<ReadOnlyMemory<byte>> events, int from, int count, int bytes)
    {
        var lines = new byte[bytes];
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                lines[at++] = (byte)'\n';
            }

            events[from + i].Span.CopyTo(lines.AsSpan(at));
            at += events[from + i].Length;
        }

        return lines;
    }
}
