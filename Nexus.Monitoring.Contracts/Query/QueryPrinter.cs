using System.Globalization;
using System.Text;

namespace Nexus.Monitoring.Contracts.Query;

/// <summary>Writes a query so that the parser reads the same again.</summary>
internal static class QueryPrinter
{
    private static readonly string[] Operators = ["AND", "OR", "NOT", "TO"];

    private static readonly (char Unit, long Ticks)[] Units =
        [('d', TimeSpan.TicksPerDay), ('h', TimeSpan.TicksPerHour), ('m', TimeSpan.TicksPerMinute), ('s', TimeSpan.TicksPerSecond)];

    public static string Print(QueryNode node) => node switch
    {
        AndNode and => string.Join(" AND ", and.Parts.Select(PrintPart)),
        OrNode or => string.Join(" OR ", or.Parts.Select(part => part is OrNode ? $"({part})" : part.ToString())),
        NotNode not => "NOT " + PrintPart(not.Part),
        TextNode text => Print(text.Pattern),
        FieldNode field => $"{field.Field}:{Print(field.Test, field.Field.Kind)}",
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private static string PrintPart(QueryNode part) => part is AndNode or OrNode ? $"({part})" : part.ToString();

    private static string Print(FieldTest test, QueryFieldKind kind) => test switch
    {
        ExistsTest => "*",
        EqualTest { Value: TextValue text } when kind == QueryFieldKind.Text => "=" + Word(text.Text),
        EqualTest equal => Print(equal.Value),
        PatternTest pattern => Print(pattern.Pattern),
        ComparisonTest comparison => Symbol(comparison.Operator) + Print(comparison.Bound),
        RangeTest range => $"[{Print(range.From)} TO {Print(range.To)}]",
        AnyOfTest any => $"({string.Join(" OR ", any.Tests.Select(one => Print(one, kind)))})",
        _ => throw new ArgumentOutOfRangeException(nameof(test)),
    };

    private static string Symbol(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Less => "<",
        ComparisonOperator.AtMost => "<=",
        ComparisonOperator.Greater => ">",
        _ => ">=",
    };

    private static string Print(QueryPattern pattern) => string.Join('*',
        pattern.Pieces.Select(piece => piece.Length == 0 ? "" : Word(piece)));

    private static string Print(QueryValue value) => value switch
    {
        TextValue text => Word(text.Text),
        NumberValue number => number.Number.ToString(CultureInfo.InvariantCulture),
        TimeValue { At: { } at } => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        TimeValue relative => Print(relative.FromNow),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static string Print(TimeSpan fromNow)
    {
        if (fromNow == TimeSpan.Zero)
        {
            return "now";
        }

        foreach (var (unit, ticks) in Units)
        {
            if (fromNow.Ticks % ticks == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{fromNow.Ticks / ticks:+0;-0}{unit}");
            }
        }

        return ((decimal)fromNow.Ticks / TimeSpan.TicksPerSecond).ToString("+0.0######;-0.0######", CultureInfo.InvariantCulture) + "s";
    }

    /// <summary>A value in quotation marks, if it needs them.</summary>
    public static string Word(string text)
    {
        var isPlain = text.Length > 0 && text[0] != '-' && !Operators.Contains(text)
            && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '/');
        if (isPlain)
        {
            return text;
        }

        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            quoted.Append(c is '"' or '\\' ? "\\" : "").Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
