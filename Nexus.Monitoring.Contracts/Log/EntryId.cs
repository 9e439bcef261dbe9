namespace Nexus.Monitoring.Contracts.Log;

/// <summary>
/// Id of an entry of the log, a Redis stream, as Redis gives it out. An entry holds up to <see cref="EntryEvents.Most"/> events, each of which
/// has a <see cref="LogPosition"/> of its own: the entry's time, and the entry's sequence times that many plus the event's place in the entry.
/// </summary>
/// <param name="Milliseconds">When the entry was appended, by the log's clock; milliseconds since 1970, UTC.</param>
/// <param name="Sequence">Tells entries of the same millisecond apart, from 0.</param>
/// <seealso href="https://redis.io/docs/latest/develop/data-types/streams/#entry-ids"/>
public readonly record struct EntryId(ulong Milliseconds, ulong Sequence)
{
    /// <summary>Redis knows higher ones, which it never gives out by itself.</summary>
    private const ulong MostSequence = ulong.MaxValue / EntryEvents.Most;

    /// <summary>The entry that holds the event at <paramref name="position"/>.</summary>
    public static EntryId Of(LogPosition position) => new(position.Milliseconds, position.Sequence / EntryEvents.Most);

    /// <summary>Reads <c>milliseconds-sequence</c>, as <see cref="LogPosition.TryParse(ReadOnlySpan{byte}, out LogPosition)"/> does.</summary>
    /// <param name="utf8">The text as UTF-8.</param>
    /// <param name="id">What it says.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out EntryId id)
    {
        var isId = LogPosition.TryParse(utf8, out var read);
        id = new EntryId(read.Milliseconds, read.Sequence);
        return isId;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not <c>milliseconds-sequence</c>.</exception>
    public static EntryId Parse(string text)
    {
        var (milliseconds, sequence) = LogPosition.Parse(text);
        return new EntryId(milliseconds, sequence);
    }

    /// <summary>Where one of its events stands; at the last position of the millisecond for a sequence of 2^58 and more.</summary>
    /// <param name="index">The event's place in the entry, from 0 to below <see cref="EntryEvents.Most"/>.</param>
    public LogPosition At(int index) => new(
        Milliseconds, Sequence > MostSequence ? ulong.MaxValue : (Sequence * EntryEvents.Most) + (ulong)index);

    /// <summary><c>milliseconds-sequence</c>, for example <c>1795435391750-3</c>.</summary>
    public override string ToString() => new LogPosition(Milliseconds, Sequence).ToString();
}
