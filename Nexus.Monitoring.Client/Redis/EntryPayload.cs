using System.Runtime.InteropServices;
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
        while (IsLine(events[from + count - 1])
            && count < EntryEvents.Most
            && from + count < events.Count
            && bytes + 1 + events[from + count].Length is var longer
            && longer <= EntryEvents.MostBytes
            && IsLine(events[from + count]))
        {
            (count, bytes) = (count + 1, longer);
        }

        return (count, bytes);
    }

    private static bool IsLine(ReadOnlyMemory<byte> json) => !json.Span.Contains((byte)'\n');

    /// <summary>As they lie there, where they are lines already.</summary>
    private static ReadOnlyMemory<byte> Join(IReadOnlyList<ReadOnlyMemory<byte>> events, int from, int count, int bytes)
    {
        if (MemoryMarshal.TryGetArray(events[from], out var first) && AreLines(events, from, count, first))
        {
            return first.Array.AsMemory(first.Offset, bytes);
        }

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

    private static bool AreLines(IReadOnlyList<ReadOnlyMemory<byte>> events, int from, int count, ArraySegment<byte> first)
    {
        var end = first.Offset + first.Count;
        for (var i = 1; i < count; i++)
        {
            if (!MemoryMarshal.TryGetArray(events[from + i], out var next)
                || next.Array != first.Array
                || next.Offset != end + 1
                || first.Array![end] != (byte)'\n')
            {
                return false;
            }

            end = next.Offset + next.Count;
        }

        return true;
    }
}
