using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.Query;

/// <summary>Makes functions of queries.</summary>
internal static class QueryCompiler
{
    public static Func<MonitoringEvent, bool> Compile(QueryNode node, DateTimeOffset now)
    {
        switch (node)
        {
            case AndNode and:
                var all = and.Parts.Select(part => Compile(part, now)).ToArray();
                return e => Array.TrueForAll(all, matches => matches(e));
            case OrNode or:
                var any = or.Parts.Select(part => Compile(part, now)).ToArray();
                return e => Array.Exists(any, matches => matches(e));
            case NotNode not:
                var inner = Compile(not.Part, now);
                return e => !inner(e);
            case TextNode text:
                var pattern = text.Pattern.ToLower();
                return e => IsWithin(pattern, e.Message) || IsWithin(pattern, e.Error);
            case FieldNode { Field.Kind: QueryFieldKind.Keyword or QueryFieldKind.Text } field:
                return CompileText(field.Field, field.Test);
            case FieldNode { Field.Kind: QueryFieldKind.Json } field:
                return CompileJson(field.Field, field.Test);
            case FieldNode { Field.Kind: QueryFieldKind.Time } field:
                return CompileTime(field.Test, now);
            case FieldNode field:
                return CompileNumber(field.Field, field.Test);
            default:
                throw new ArgumentOutOfRangeException(nameof(node));
        }
    }

    private static bool IsWithin(QueryPattern pattern, string? text) => text is not null && pattern.IsWithin(QueryPattern.Lower(text));

    private static Func<MonitoringEvent, bool> CompileText(QueryField field, FieldTest test)
    {
        var get = EventFields.Text(field.Name);
        var matches = TextTest(field, test);
        return e => get(e) is { } value && matches(value);
    }

    private static Func<string, bool> TextTest(QueryField field, FieldTest test)
    {
        switch (test)
        {
            case ExistsTest:
                return static _ => true;
            case EqualTest { Value: TextValue wanted }:
                return value => value == wanted.Text;
            case PatternTest { Pattern: var pattern } when field.Kind == QueryFieldKind.Keyword:
                return pattern.IsMatch;
            case PatternTest { Pattern: var pattern }:
                var lower = pattern.ToLower();
                return value => IsWithin(lower, value);
            case AnyOfTest any:
                var tests = any.Tests.Select(one => TextTest(field, one)).ToArray();
                return value => Array.Exists(tests, matches => matches(value));
            default:
                throw new ArgumentOutOfRangeException(nameof(test));
        }
    }

    private static Func<MonitoringEvent, bool> CompileTime(FieldTest test, DateTimeOffset now)
    {
        var matches = OrderTest(test, value => ((TimeValue)value).Resolve(now).UtcTicks);
        return e => matches(e.Timestamp.UtcTicks);
    }

    private static Func<MonitoringEvent, bool> CompileNumber(QueryField field, FieldTest test)
    {
        var get = EventFields.Number(field.Name);
        var matches = OrderTest(test, static value => (long)((NumberValue)value).Number);
        return e => get(e) is { } value && matches(value);
    }

    private static Func<MonitoringEvent, bool> CompileJson(QueryField field, FieldTest test)
    {
        var path = field.Path.ToArray();
        if (test is EqualTest or AnyOfTest)
        {
            var wanted = (test as AnyOfTest)?.Tests ?? [test];
            var texts = wanted.OfType<EqualTest>().Select(one => JsonScalar.Parse(((TextValue)one.Value).Text)).ToArray();
            var exists = wanted.Any(one => one is ExistsTest);
            return e => EventFields.Json(e, path) is { } value && (exists || Array.Exists(texts, value.Is));
        }

        if (test is ExistsTest)
        {
            return e => EventFields.Json(e, path) is not null;
        }

        var matches = OrderTest(test, static value => (double)((NumberValue)value).Number);
        return e => EventFields.Json(e, path) is { Number: { } number } && matches(number);
    }

    private static Func<T, bool> OrderTest<T>(FieldTest test, Func<QueryValue, T> read) where T : struct, IComparable<T>
    {
        switch (test)
        {
            case ExistsTest:
                return static _ => true;
            case EqualTest equal:
                var wanted = read(equal.Value);
                return value => value.CompareTo(wanted) == 0;
            case ComparisonTest comparison:
                var bound = read(comparison.Bound);
                return comparison.Operator switch
                {
                    ComparisonOperator.Less => value => value.CompareTo(bound) < 0,
                    ComparisonOperator.AtMost => value => value.CompareTo(bound) <= 0,
                    ComparisonOperator.Greater => value => value.CompareTo(bound) > 0,
                    _ => value => value.CompareTo(bound) >= 0,
                };
            case RangeTest range:
                var (from, to) = (read(range.From), read(range.To));
                return value => value.CompareTo(from) >= 0 && value.CompareTo(to) <= 0;
            case AnyOfTest any:
                var tests = any.Tests.Select(one => OrderTest(one, read)).ToArray();
                return value => Array.Exists(tests, matches => matches(value));
            default:
                throw new ArgumentOutOfRangeException(nameof(test));
        }
    }
}
