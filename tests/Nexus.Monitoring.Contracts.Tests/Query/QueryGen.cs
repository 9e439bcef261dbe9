using System.Text.Json;
using CsCheck;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Contracts.Tests.Query;

/// <summary>Random queries and random events that have a fair chance to meet.</summary>
public static class QueryGen
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Words =
        ["a", "b", "task_failed", "task_started", "run-1", "Timeout", "timeout", "TIMEOUT after 5 s", "über", "ÜBER", "Straße", "日本", "x y", "\"q\"", "a\\b",
         "50%", "a_b", "axb", "AND", "-5", "3", "3.5", "true", "http://x/y?z=1", "İstanbul", "ΣΑΣ", "*", "(", "🙂", "<b>"];

    private static readonly Gen<string> Word = Gen.OneOfConst(Words);

    private static readonly Gen<QueryPattern> Pattern =
        Gen.OneOf(Gen.Const(""), Word).List[2, 3].Where(pieces => pieces.Any(piece => piece.Length > 0))
            .Select(pieces => new QueryPattern([pieces[0], .. pieces.Skip(1).SkipLast(1).Where(piece => piece.Length > 0), pieces[^1]]));

    private static readonly Gen<QueryPattern> Text = Word.List[1, 2].Select(pieces => new QueryPattern(pieces));

    private static readonly Gen<QueryField> Field = Gen.OneOf(
        Gen.OneOfConst([.. QueryField.All]),
        Gen.OneOfConst("meta.model", "meta.a.b", "meta.missing", "counts.total", "queue.high_priority").Select(Find));

    private static readonly Gen<NumberValue> Number = Gen.Int[-1, 6].Select(value => new NumberValue(value));

    private static readonly Gen<TimeValue> Time = Gen.OneOf(
        Gen.Int[-3, 3].Select(minutes => new TimeValue(Now.AddMinutes(minutes))),
        Gen.Int[-200, 200].Select(seconds => new TimeValue(null, TimeSpan.FromSeconds(seconds))));

    private static readonly Gen<QueryNode> Leaf = Gen.OneOf(
        Text.Select(QueryNode (pattern) => new TextNode(pattern)),
        Field.SelectMany(field => Test(field).Select(QueryNode (test) => new FieldNode(field, test))));

    public static readonly Gen<QueryNode> Node = Nodes(3);

    public static readonly Gen<MonitoringEvent> Event = Gen.Select(
        Gen.Select(Maybe(Word), Maybe(Word), Maybe(Word), Maybe(Word), Maybe(Word)),
        Gen.Select(Maybe(Word), Maybe(Word), Maybe(Word), Maybe(Word), Maybe(Word)),
        Gen.Select(Maybe(Word), Maybe(Word), Maybe(Word), Gen.Int[-1, 6], Gen.Int[0, 6], Gen.Int[0, 6]),
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 6], Gen.Int[-200, 200], Word, Gen.OneOfConst("run_started", "task_failed", "task_started", "phase_completed", "a")),
        Make);

    private static MonitoringEvent Make(
        (string?, string?, string?, string?, string?) a, (string?, string?, string?, string?, string?) b,
        (string?, string?, string?, int, int, int) c, (int Shape, int Value, int Seconds, string Word, string Type) d) => new()
        {
            EventId = $"{d.Word}-{Guid.NewGuid():N}",
            Timestamp = Now.AddSeconds(d.Seconds),
            EventType = d.Type,
            ProjectId = a.Item1,
            ParentTaskId = a.Item2,
            TaskId = a.Item3,
            TaskType = a.Item4,
            Phase = a.Item5,
            Status = b.Item1,
            Message = b.Item2 is null ? null : $"{b.Item2} {d.Word}",
            Error = b.Item3 is null ? null : $"{d.Word}{b.Item3}",
            TraceId = b.Item4,
            SpanId = b.Item5,
            ParentSpanId = c.Item1,
            Source = c.Item2,
            WorkerId = c.Item4 < 0 ? null : c.Item4,
            RetryCount = c.Item5 == 0 ? null : c.Item5,
            DurationMs = c.Item6 == 0 ? null : c.Item6,
            Counts = d.Value % 2 == 0 ? null : new Dictionary<string, long> { ["total"] = d.Value },
            Queue = d.Value % 3 == 0 ? null : new Dictionary<string, long> { ["high_priority"] = d.Value },
            Meta = d.Shape switch
            {
                0 => null,
                1 => JsonSerializer.SerializeToElement(new { model = c.Item3, a = new { b = d.Value / 2.0 } }),
                _ => JsonSerializer.SerializeToElement(new { model = d.Value > 3, a = d.Value == 5 ? (object)new[] { 1 } : new { b = d.Word } }),
            },
        };

    private static Gen<T?> Maybe<T>(Gen<T> gen) where T : class => Gen.Frequency((3, gen.Select(T? (value) => value)), (1, Gen.Const((T?)null)));

    private static Gen<QueryNode> Nodes(int depth) => depth == 0 ? Leaf : Gen.Frequency(
        (4, Leaf),
        (2, Nodes(depth - 1).List[2, 3].Select(QueryNode (parts) => new AndNode(parts))),
        (2, Nodes(depth - 1).List[2, 3].Select(QueryNode (parts) => new OrNode(parts))),
        (1, Nodes(depth - 1).Select(QueryNode (part) => new NotNode(part))));

    private static Gen<FieldTest> Test(QueryField field)
    {
        var exists = Gen.Const((FieldTest)new ExistsTest());
        var equal = Word.Select(FieldTest (word) => new EqualTest(new TextValue(word)));
        return field.Kind switch
        {
            QueryFieldKind.Keyword => OrAnyOf(Gen.OneOf(equal, Pattern.Select(FieldTest (pattern) => new PatternTest(pattern))), exists),
            QueryFieldKind.Text => OrAnyOf(Gen.OneOf(equal, Text.Select(FieldTest (pattern) => new PatternTest(pattern))), exists),
            QueryFieldKind.Time => Gen.OneOf(exists, Order(Time.Select(QueryValue (value) => value))),
            QueryFieldKind.Json => OrAnyOf(equal, Gen.OneOf(exists, Order(Number.Select(QueryValue (value) => value)))),
            _ => OrAnyOf(
                Number.Select(FieldTest (value) => new EqualTest(value)), Gen.OneOf(exists, Order(Number.Select(QueryValue (value) => value)))),
        };
    }

    private static Gen<FieldTest> Order(Gen<QueryValue> value) => Gen.OneOf(
        Gen.Select(Gen.Enum<ComparisonOperator>(), value, FieldTest (comparison, bound) => new ComparisonTest(comparison, bound)),
        Gen.Select(value, value, FieldTest (from, to) => new RangeTest(from, to)).Where(IsNotEmpty));

    private static bool IsNotEmpty(FieldTest test) =>
        test is not RangeTest { From: NumberValue from, To: NumberValue to } || from.Number <= to.Number;

    private static Gen<FieldTest> OrAnyOf(Gen<FieldTest> one, Gen<FieldTest> other) =>
        Gen.Frequency((3, one), (1, one.List[2, 4].Select(FieldTest (tests) => new AnyOfTest(tests))), (1, other));

    private static QueryField Find(string name) => QueryField.TryFind(name, out var field) ? field : throw new ArgumentException(name);
}
