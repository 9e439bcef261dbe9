using Nexus.Redis.Streams;

namespace Nexus.Redis.Commands;

/// <summary>Which id an entry is to get.</summary>
internal readonly record struct XAddId(XAddIdKind Kind, ulong Milliseconds, ulong Sequence)
{
    public static bool TryParse(ReadOnlySpan<byte> text, out XAddId id)
    {
        if (text is [(byte)'*'])
        {
            id = new(XAddIdKind.Now, 0, 0);
            return true;
        }

        id = default;
        if (text.EndsWith("-*"u8))
        {
            if (!StreamIdText.TryParseNumber(text[..^2], out var milliseconds))
            {
                return false;
            }

            id = new(XAddIdKind.NextInMillisecond, milliseconds, 0);
            return true;
        }

        if (!StreamIdText.TryParse(text, 0, out var parsed))
        {
            return false;
        }

        id = new(XAddIdKind.Explicit, parsed.Milliseconds, parsed.Sequence);
        return true;
    }

    /// <summary>The id in a stream whose last one is <paramref name="last"/>; not defined when that is the maximum.</summary>
    /// <param name="now">Milliseconds of the clock, for <see cref="XAddIdKind.Now"/>.</param>
    public bool TryResolve(StreamId last, ulong now, out StreamId id)
    {
        id = Kind switch
        {
            XAddIdKind.Now => now > last.Milliseconds ? new(now, 0) : last.Next(),
            XAddIdKind.NextInMillisecond => NextIn(Milliseconds, last),
            _ => new(Milliseconds, Sequence),
        };
        return id > last;
    }

    private static StreamId NextIn(ulong milliseconds, StreamId last) =>
        milliseconds == last.Milliseconds && last.Sequence < ulong.MaxValue ? last.Next() : new(milliseconds, 0);
}
