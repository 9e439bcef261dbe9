using Nexus.Monitoring.Contracts.Events;

using Predicate = System.Func<Nexus.Monitoring.Contracts.Events.MonitoringEvent, System.DateTimeOffset, bool>;

namespace Nexus.Monitoring.Contracts.Query;

/// <summary>Makes functions of queries.</summary>
internal static class QueryCompiler
{
    /// <summary>Its second argument is what relative times refer to.</summary>
    public static Predicate Compile(QueryNode node)
    {
        switch (node)
        {
            case AndNode and:
                var all = and.Parts.Select(Compile).ToArray();
                return (e, now) => AreAll(all, e, now);
            case OrNode or:
                var any = or.Parts.Select(Compile).ToArray();
                return (e, now) => IsAny(any, e, now);
            case NotNode not:
                var inner = Compile(not.Part);
                return (e, now) => !inner(e, now);
            case TextNode text:
                var pattern = text.Pattern.ToLower();
                return (e, _) => IsWithin(pattern, e.Message) || IsWithin(pattern, e.Error);
            case FieldNode { Field.Kind: QueryFieldKind.Keyword or QueryFieldKind.Text } field:
                return CompileText(field.Field, field.Test);
            case FieldNode { Field.Kind: QueryFieldKind.Json } field:
                return CompileJson(field.Field, field.Test);
            case FieldNode { Field.Kind: QueryFieldKind.Time } field:
                return CompileTime(field.Test);
            case FieldNode field:
                return CompileNumber(field.Field, field.Test);
            default:
                throw new ArgumentOutOfRangeException(nameof(node));
        }
    }

    private static bool IsWithin(QueryPattern pattern, string? text) => text is not null && pattern.IsWithin(QueryPattern.Lower(text));

    private static bool AreAll(Predicate[] parts, MonitoringEvent e, DateTimeOffset now)
    {
        foreach (var matches in parts)
        {
            if (!matches(e, now))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAny(Predicate[] parts, MonitoringEvent e, DateTimeOffset now)
    {
        foreach (var matches in parts)
        {
            if (matches(e, now))
            {
                return true;
            }
        }

        return false;
    }

    private static Predicate CompileText(QueryField field, FieldTest test)
    {
        var get = EventFields.Text(field.Name);
        var matches = TextTest(field, test);
        return (e, _) => get(e) is { } value && matches(value);
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

    private static Predicate CompileTime(FieldTest test) => test switch
    {
        ExistsTest => static (_, _) => true,
        ComparisonTest { Operator: var comparison, Bound: TimeValue bound } => comparison switch
        {
            ComparisonOperator.Less => (e, now) => e.Timestamp < bound.Resolve(now),
            ComparisonOperator.AtMost => (e, now) => e.Timestamp <= bound.Resolve(now),
            ComparisonOperator.Greater => (e, now) => e.Timestamp > bound.Resolve(now),
            _ => (e, now) => e.Timestamp >= bound.Resolve(now),
        },
        RangeTest { From: TimeValue from, To: TimeValue to } =>
            (e, now) => e.Timestamp >= from.Resolve(now) && e.Timestamp <= to.Resolve(now),
        _ => throw new ArgumentOutOfRangeException(nameof(test)),
    };

    private static Predicate CompileNumber(QueryField field, FieldTest test)
    {
        var get = EventFields.Number(field.Name);
        var matches = OrderTest(test, static value => (long)((NumberValue)value).Number);
        return (e, _) => get(e) is { } value && matches(value);
    }

    private static Predicate CompileJson(QueryField field, FieldTest test)
    {
        var path = field.Path.ToArray();
        if (test is EqualTest or AnyOfTest)
        {
            var wanted = (test as AnyOfTest)?.Tests ?? [test];
            var texts = wanted.OfType<EqualTest>().Select(one => JsonScalar.Parse(((TextValue)one.Value).Text)).ToArray();
            var exists = wanted.Any(one => one is ExistsTest);
            return (e, _) => EventFields.Json(e, path) is { } value && (exists || Array.Exists(texts, value.Is));
        }

        if (test is ExistsTest)
        {
            return (e, _) => EventFields.Json(e, path) is not null;
        }

        var matches = OrderTest(test, static value => (double)((NumberValue)value).Number);
        return (e, _) => EventFields.Json(e, path) is { Number: { } number } && matches(number);
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
