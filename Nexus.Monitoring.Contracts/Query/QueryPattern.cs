using System.Text;

namespace Nexus.Monitoring.Contracts.Query;

/// <summary>Pieces of text with anything between them: <c>task_*ed</c> has the pieces <c>task_</c> and <c>ed</c>. Immutable.</summary>
/// <param name="Pieces">One or more; the first and the last may be empty, where the pattern begins or ends in <c>*</c>.</param>
public sealed record QueryPattern(IReadOnlyList<string> Pieces)
{
    /// <summary>Whether a text is as the pattern says, from its beginning to its end; letter case counts.</summary>
    public bool IsMatch(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var first = Pieces[0];
        if (Pieces.Count == 1)
        {
            return text == first;
        }

        var last = Pieces[^1];
        return text.Length >= first.Length + last.Length
            && text.StartsWith(first, StringComparison.Ordinal)
            && text.EndsWith(last, StringComparison.Ordinal)
            && AreInOrder(text.AsSpan(first.Length, text.Length - first.Length - last.Length), 1, Pieces.Count - 1);
    }

    /// <summary>Whether a text that is in <see cref="Lower(string)"/> case holds the pattern anywhere; the pattern is in lower case
    /// too.</summary>
    public bool IsWithin(string lowerText) => AreInOrder(lowerText, 0, Pieces.Count);

    /// <summary>The pattern in lower case.</summary>
    public QueryPattern ToLower() => new([.. Pieces.Select(Lower)]);

    /// <summary>
    /// Every code point replaced by its simple lower-case mapping in Unicode 15; languages play no part. That version, because whatever
    /// finds events has to agree on it.
    /// </summary>
    public static string Lower(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var lower = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            lower.Append(Lower(rune).ToString());
        }

        return lower.ToString();
    }

    /// <summary>The framework leaves the Turkish capital as it is, and knows letters of Unicode 16.</summary>
    private static Rune Lower(Rune rune) => rune.Value switch
    {
        0x0130 => new Rune('i'),
        0x1C89 or 0xA7CB or 0xA7CC or 0xA7DA or 0xA7DC or (>= 0x10D50 and <= 0x10D65) => rune,
        _ => Rune.ToLowerInvariant(rune),
    };

    /// <inheritdoc/>
    public bool Equals(QueryPattern? other) => other is not null && Pieces.SequenceEqual(other.Pieces);

    /// <inheritdoc/>
    public override int GetHashCode() => Pieces.Aggregate(4, HashCode.Combine);

    /// <summary>The leftmost place of each piece leaves the most room for the next, so no other need be tried.</summary>
    private bool AreInOrder(ReadOnlySpan<char> text, int from, int end)
    {
        for (var i = from; i < end; i++)
        {
            var at = text.IndexOf(Pieces[i], StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            text = text[(at + Pieces[i].Length)..];
        }

        return true;
    }
}
