using System.Text;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Api.Log;

/// <summary>Finds in the entries of the stream what is supposed to be events.</summary>
internal static class EntryReader
{
    /// <summary>Field of an entry that stands there for a moment only, see <see cref="ILogSource.AnchorAsync"/>.</summary>
    public const string AnchorField = "anchor";

    private static readonly byte[] AnchorName = Encoding.UTF8.GetBytes(AnchorField);
    private static readonly byte[] EventName = Encoding.UTF8.GetBytes(LogKeys.EventField);
    private static readonly byte[] EventsName = Encoding.UTF8.GetBytes(LogKeys.EventsField);

    /// <param name="entries">In their order.</param>
    /// <param name="from">What lies before it is left out: an entry may begin there.</param>
    /// <param name="to">What lies after it is left out.</param>
    /// <param name="likely">About how many there are.</param>
    public static List<RawEntry> Read(StreamEntry[] entries, LogPosition from, LogPosition to, int likely)
    {
        var read = RawLists.Rent(likely);
        var lines = new List<ReadOnlyMemory<byte>>();
        foreach (var entry in entries)
        {
            var id = Id(entry);
            var (one, several, isAnchor) = Fields(entry);
            if (several is { } field && EntryEvents.TrySplit(field, lines))
            {
                for (var i = 0; i < lines.Count; i++)
                {
                    Add(new RawEntry(id.At(i), lines[i], EndsEntry: i == lines.Count - 1));
                }
            }
            else
            {
                Add(new RawEntry(id.At(0), one, isAnchor && one is null));
            }
        }

        return read;

        void Add(RawEntry raw)
        {
            if (raw.Position >= from && raw.Position <= to)
            {
                read.Add(raw);
            }
        }
    }

    public static EntryId Id(StreamEntry entry)
    {
        Span<byte> text = stackalloc byte[LogPosition.MaxLength];
        return EntryId.TryParse(text[..entry.Id.CopyTo(text)], out var id)
            ? id
            : throw new FormatException($"Redis answered an entry of {LogKeys.Log} whose id '{entry.Id}' is none.");
    }

    private static (ReadOnlyMemory<byte>? One, ReadOnlyMemory<byte>? Several, bool IsAnchor) Fields(StreamEntry entry)
    {
        ReadOnlyMemory<byte>? one = null, several = null;
        var isAnchor = false;
        foreach (var field in entry.Values)
        {
            if (IsText(field.Name, EventName))
            {
                one = (ReadOnlyMemory<byte>)field.Value;
            }
            else if (IsText(field.Name, EventsName))
            {
                several = (ReadOnlyMemory<byte>)field.Value;
            }
            else
            {
                isAnchor |= IsText(field.Name, AnchorName);
            }
        }

        return (one, one is null ? several : null, isAnchor);
    }

    /// <summary>Compared as bytes: values of the client compare as numbers first, which costs more than all else here.</summary>
    private static bool IsText(RedisValue value, ReadOnlySpan<byte> text) => value.GetByteCount() == text.Length && value.StartsWith(text);
}
