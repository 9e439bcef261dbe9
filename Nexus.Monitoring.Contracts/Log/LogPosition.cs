using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Contracts.Log;

/// <summary>
/// Where an event stands in the log, <c>milliseconds-sequence</c>. Positions are totally ordered, the same on every node, and only ever grow.
/// Clients treat the text as opaque and call it a cursor. <see cref="EntryId"/> says how they follow from the ids that Redis gives out.
/// </summary>
/// <param name="Milliseconds">When the event was appended, by the log's clock; milliseconds since 1970, UTC.</param>
/// <param name="Sequence">Tells events of the same millisecond apart; there may be numbers between two that follow each other.</param>
[JsonConverter(typeof(LogPositionConverter))]
public readonly record struct LogPosition(ulong Milliseconds, ulong Sequence) : IComparable<LogPosition>
{
    /// <summary>Length of the longest text in characters (all ASCII): two 20-digit numbers and a dash.</summary>
    public const int MaxLength = 41;

    /// <summary>Before every entry.</summary>
    public static LogPosition Start => default;

    /// <summary>After every entry.</summary>
    public static LogPosition End { get; } = new(ulong.MaxValue, ulong.MaxValue);

    /// <summary>When the event was appended, by the log's clock; the last representable time for <see cref="End"/>.</summary>
    [JsonIgnore]
    public DateTimeOffset Time => Milliseconds > (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        ? DateTimeOffset.MaxValue
        : DateTimeOffset.FromUnixTimeMilliseconds((long)Milliseconds);

    /// <summary>The first possible position at or after <paramref name="time"/>.</summary>
    public static LogPosition At(DateTimeOffset time) => new((ulong)Math.Max(0, time.ToUnixTimeMilliseconds()), 0);

    /// <summary>
    /// Reads <c>milliseconds-sequence</c>, both decimal without sign or leading white space. A text without a dash stands for
    /// sequence 0, as Redis reads it.
    /// </summary>
    /// <param name="utf8">The text as UTF-8.</param>
    /// <param name="position">What it says; <see cref="Start"/> when it is none.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out LogPosition position)
    {
        position = default;
        var dash = utf8.IndexOf((byte)'-');
        var milliseconds = dash < 0 ? utf8 : utf8[..dash];
        var sequence = dash < 0 ? "0"u8 : utf8[(dash + 1)..];
        if (!ulong.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            || !ulong.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
        {
            return false;
        }

        position = new LogPosition(ms, seq);
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out LogPosition)" path="/summary"/>
    /// <param name="text">The text; one of more than <see cref="MaxLength"/> characters is none.</param>
    /// <param name="position">What it says; <see cref="Start"/> when it is none.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out LogPosition position)
    {
        Span<byte> utf8 = stackalloc byte[MaxLength];
        position = default;
        return Encoding.UTF8.TryGetBytes(text, utf8, out var length) && TryParse(utf8[..length], out position);
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out LogPosition)"/>
    public static bool TryParse([NotNullWhen(true)] string? text, out LogPosition position) =>
        TryParse(text.AsSpan(), out position);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not <c>milliseconds-sequence</c>.</exception>
    public static LogPosition Parse(string text) => TryParse(text, out var position)
        ? position
        : throw new FormatException($"'{text}' is not a position; two decimal numbers joined by a dash are needed, such as 1795435391750-3.");

    /// <summary>Writes the ASCII text into <paramref name="utf8"/>, which holds at least <see cref="MaxLength"/> bytes.</summary>
    public bool TryFormat(Span<byte> utf8, out int written)
    {
        if (!Utf8Formatter.TryFormat(Milliseconds, utf8, out written) || written == utf8.Length)
        {
            return false;
        }

        utf8[written++] = (byte)'-';
        var fits = Utf8Formatter.TryFormat(Sequence, utf8[written..], out var digits);
        written += digits;
        return fits;
    }

    /// <inheritdoc/>
    public int CompareTo(LogPosition other) =>
        Milliseconds != other.Milliseconds ? Milliseconds.CompareTo(other.Milliseconds) : Sequence.CompareTo(other.Sequence);

    /// <summary><c>milliseconds-sequence</c>, for example <c>1795435391750-3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds}-{Sequence}");

    /// <summary>Whether <paramref name="left"/> lies before <paramref name="right"/>.</summary>
    public static bool operator <(LogPosition left, LogPosition right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> lies after <paramref name="right"/>.</summary>
    public static bool operator >(LogPosition left, LogPosition right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> is <paramref name="right"/> or lies before it.</summary>
    public static bool operator <=(LogPosition left, LogPosition right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> is <paramref name="right"/> or lies after it.</summary>
    public static bool operator >=(LogPosition left, LogPosition right) => left.CompareTo(right) >= 0;
}
