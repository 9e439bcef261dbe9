using System.Globalization;

namespace Nexus.Monitoring.Contracts.Query;

/// <summary>Reads values of one field.</summary>
internal sealed class QueryValueParser(QueryReader reader, QueryField asked)
{
    private const NumberStyles Decimal = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    public string Expected => asked.Kind switch
    {
        QueryFieldKind.Keyword => "a value, such as abc, \"a b\", ab* or (a OR b)",
        QueryFieldKind.Text => "text, such as timeout or \"rate limit\"",
        QueryFieldKind.Number => "a whole number, such as 3, >3 or [1 TO 3]",
        QueryFieldKind.Duration => "milliseconds or a duration, such as >2000, >2s or [100 TO 2000]",
        QueryFieldKind.Time => "a time such as >-15m, >=2026-11-23T12:00:00Z or [-2h TO -1h]",
        _ => "a value, such as abc, 3, true or >0.5",
    };

    /// <summary>The value that comes next.</summary>
    public QueryValue Take()
    {
        var start = reader.Position;
        var word = reader.Next == '"' ? reader.TakeQuoted() : reader.TakeWord(QueryReader.IsWordCharacter);
        return word.Length > 0 ? Read(word, start) : throw reader.Unexpected(Expected);
    }

    /// <summary>The value that a word stands for; only of fields that have an order.</summary>
    public QueryValue Read(string word, int start) =>
        (asked.Kind == QueryFieldKind.Time ? (QueryValue?)ReadTime(word) : ReadNumber(word))
        ?? throw QueryReader.Error(
            start, word.Length, word.Length == 0 ? "a value is missing" : $"'{QueryReader.Quote(word)}' is no value of {asked}", Expected);

    private NumberValue? ReadNumber(string word)
    {
        if (decimal.TryParse(word, Decimal, CultureInfo.InvariantCulture, out var number))
        {
            return asked.Kind == QueryFieldKind.Json || IsWhole(number) ? new NumberValue(number) : null;
        }

        return asked.Kind == QueryFieldKind.Duration && ReadSpan(word) is { } ticks && ticks % TimeSpan.TicksPerMillisecond == 0
            ? new NumberValue(ticks / TimeSpan.TicksPerMillisecond)
            : null;
    }

    private static bool IsWhole(decimal number) => number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue;

    /// <summary>The time that a word stands for; null for none.</summary>
    public static TimeValue? ReadTime(string word)
    {
        if (word.Length == 0)
        {
            return null;
        }

        if (word == "now")
        {
            return new TimeValue(null);
        }

        var relative = word.StartsWith("now", StringComparison.Ordinal) ? word[3..] : word;
        if (relative[0] is '-' or '+' && ReadSpan(relative) is { } ticks)
        {
            return new TimeValue(null, new TimeSpan((long)ticks));
        }

        return DateTimeOffset.TryParseExact(
            word, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? new TimeValue(at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond)))
            : null;
    }

    /// <summary>A number with a unit, in ticks; null when it is none or longer than ten thousand years.</summary>
    private static decimal? ReadSpan(string word)
    {
        var digits = word.AsSpan().TrimEnd("mshdw");
        var unit = word[digits.Length..] switch
        {
            "ms" => TimeSpan.TicksPerMillisecond,
            "s" => TimeSpan.TicksPerSecond,
            "m" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            "d" => TimeSpan.TicksPerDay,
            "w" => 7 * TimeSpan.TicksPerDay,
            _ => 0,
        };
        return unit > 0 && decimal.TryParse(digits, Decimal, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < DateTimeOffset.MaxValue.Ticks / unit
            ? decimal.Truncate(number * unit)
            : null;
    }
}
