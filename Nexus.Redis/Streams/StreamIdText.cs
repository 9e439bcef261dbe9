namespace Nexus.Redis.Streams;

/// <summary>Reads ids as Redis writes them: <c>ms-seq</c>, <c>ms</c>, and where a range allows it <c>-</c> and <c>+</c>.</summary>
internal static class StreamIdText
{
    /// <param name="missingSequence">What <c>ms</c> alone stands for: 0 at the start of a range, the maximum at its end.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, ulong missingSequence, out StreamId id)
    {
        id = default;
        var dash = text.IndexOf((byte)'-');
        var sequence = missingSequence;
        if (!TryParseNumber(dash < 0 ? text : text[..dash], out var milliseconds) ||
            (dash >= 0 && !TryParseNumber(text[(dash + 1)..], out sequence)))
        {
            return false;
        }

        id = new StreamId(milliseconds, sequence);
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, and <c>-</c> and <c>+</c> for the lowest and highest id.</summary>
    public static bool TryParseBound(ReadOnlySpan<byte> text, ulong missingSequence, out StreamId id)
    {
        if (text is [(byte)'-'])
        {
            id = StreamId.Min;
            return true;
        }

        if (text is [(byte)'+'])
        {
            id = StreamId.Max;
            return true;
        }

        return TryParse(text, missingSequence, out id);
    }

    public static bool TryParseNumber(ReadOnlySpan<byte> text, out ulong number)
    {
        number = 0;
        foreach (var character in text)
        {
            var digit = (uint)(character - '0');
            if (digit > 9 || number > (ulong.MaxValue - digit) / 10)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        return text.Length > 0;
    }
}
