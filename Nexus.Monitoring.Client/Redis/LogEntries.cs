using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Redis;

/// <summary>Reads what entries of the log hold, for who asks Redis itself and not a stream of the API.</summary>
public static class LogEntries
{
    /// <summary>The events of an entry of <see cref="LogKeys.Log"/> in their order, each with its position; none where it holds none.</summary>
    /// <returns>UTF-8 JSON, as it was appended.</returns>
    /// <exception cref="FormatException">The entry's id is none.</exception>
    public static IReadOnlyList<(LogPosition Position, ReadOnlyMemory<byte> Json)> ReadEvents(this StreamEntry entry)
    {
        var id = EntryId.Parse(entry.Id!);
        if (entry[LogKeys.EventField] is { IsNull: false } one)
        {
            return [(id.At(0), one)];
        }

        var events = new List<ReadOnlyMemory<byte>>();
        return entry[LogKeys.EventsField] is { IsNull: false } several && EntryEvents.TrySplit(several, events)
            ? [.. events.Select((json, i) => (id.At(i), json))]
            : [];
    }
}
