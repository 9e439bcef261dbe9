using System.Diagnostics.CodeAnalysis;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>Texts as the state holds them: no longer than <see cref="LiveStateLimits.TextLength"/>. The whole text stays in the log.</summary>
internal static class StateText
{
    private const char Ellipsis = '\u2026';

    /// <summary>The text, or its beginning with an ellipsis.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Cut(string? text) =>
        text is null || text.Length <= LiveStateLimits.TextLength ? text : string.Concat(Beginning(text), [Ellipsis]);

    /// <summary>What is held after <paramref name="text"/>: a text that is repeated stays the string it was, so that what an event brought does not outlive it.</summary>
    public static string? Newer(string? text, string? known)
    {
        if (text is null)
        {
            return known;
        }

        if (text.Length <= LiveStateLimits.TextLength)
        {
            return text == known ? known : text;
        }

        var beginning = Beginning(text);
        return known?.Length == beginning.Length + 1 && known[^1] == Ellipsis && known.AsSpan(0, beginning.Length).SequenceEqual(beginning) ? known : Cut(text);
    }

    /// <summary>Not cut within a character.</summary>
    private static ReadOnlySpan<char> Beginning(string text)
    {
        var length = LiveStateLimits.TextLength - 1;
        return text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length);
    }
}
