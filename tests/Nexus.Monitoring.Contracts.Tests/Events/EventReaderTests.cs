using System.Text;
using System.Text.Json;
using CsCheck;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Contracts.Tests.Events;

public sealed class EventReaderTests
{
    private static readonly Gen<string> Word = Gen.OneOf(
        Gen.OneOfConst("task_started", "p1", "a", "overlong-" + new string('x', 80), "Überblick", "日本語", "", "ts", "quote\"d", "tab\t"),
        Gen.String[Gen.Char['a', 'z'], 0, 20]);

    private static readonly Gen<string?> MaybeWord = Word.Null(0.3);

    private static readonly Gen<Dictionary<string, long>?> Counts = Gen.Dictionary(Gen.String[Gen.Char['a', 'e'], 1, 3], Gen.Long)[0, 3]
        .Select(counts => counts.Count == 0 ? null : counts);

    private static readonly Gen<MonitoringEvent> Event =
        from words in MaybeWord.Array[16]
        from time in Gen.DateTime[new DateTime(2000, 1, 1), new DateTime(2100, 1, 1)]
        from numbers in Gen.Select(Gen.Int[0, int.MaxValue].Nullable(0.3), Gen.Int[0, 5].Nullable(0.3), Gen.Long[0, long.MaxValue].Nullable(0.3))
        from counts in Counts
        from queue in Counts
        from meta in Gen.OneOfConst<string?>(null, "{}", """{"a":[1,{"b":null}],"c":"}"}""", """{"a":{"cursor":"x"},"b":-1.5e3}""")
        select new MonitoringEvent
        {
            EventId = words[0] ?? "id",
            Timestamp = new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            EventType = words[1] ?? "task_started",
            ProjectId = words[2],
            ParentTaskId = words[3],
            TaskId = words[4],
            TaskType = words[5],
            Phase = words[6],
            Status = words[7],
            Message = words[8],
            Error = words[9],
            FailureKind = words[10],
            TraceId = words[11],
            SpanId = words[12],
            ParentSpanId = words[13],
            Source = words[14],
            Cursor = words[15],
            WorkerId = numbers.Item1,
            RetryCount = numbers.Item2,
            DurationMs = numbers.Item3,
            Counts = counts,
            Queue = queue,
            Meta = meta is null ? null : JsonElement.Parse(meta),
        };

    [Fact]
    public void Read_EveryField_IsWhatTheSerialiserReads() => Event.Sample(e =>
    {
        var utf8 = EventJson.ToUtf8(e);
        var read = EventReader.Read(utf8);

        Assert.NotNull(read);
        Assert.Equal(Encoding.UTF8.GetString(utf8), Encoding.UTF8.GetString(EventJson.ToUtf8(read)));
        Assert.Equal(BySerialiser(utf8), Encoding.UTF8.GetString(EventJson.ToUtf8(read)));
    });

    /// <summary>Whatever one changed, removed or added byte makes of an event: this reader says the same as the serialiser, or nothing.</summary>
    [Fact]
    public void Read_DamagedText_IsNothingOrWhatTheSerialiserReads() =>
        Gen.Select(Event, Gen.Int[0, 2], Gen.Int[0, 10_000], Gen.OneOf(Gen.Byte, Gen.OneOfConst("{}[]\",:\\un0-. \n"u8.ToArray()))).Sample((e, how, where, with) =>
        {
            var utf8 = EventJson.ToUtf8(e).ToList();
            where %= utf8.Count;
            switch (how)
            {
                case 0:
                    utf8[where] = with;
                    break;
                case 1:
                    utf8.RemoveAt(where);
                    break;
                default:
                    utf8.Insert(where, with);
                    break;
            }

            if (EventReader.Read(utf8.ToArray()) is { } read)
            {
                Assert.Equal(BySerialiser([.. utf8]), Encoding.UTF8.GetString(EventJson.ToUtf8(read)));
            }
        });

    [Theory]
    [InlineData("""{"event_id":"a","event_id":"b","ts":"2026-11-23T12:03:04Z","event_type":"x"}""")]
    [InlineData("""{"event_id":"a","ts":"2026-11-23T12:03:04Z","event_type":"x","tenant":1}""")]
    [InlineData("""{"event_id":"a","ts":"2026-11-23T12:03:04Z","event_type":"x","task_id":null}""")]
    [InlineData("""{"event_id":"\u0061","ts":"2026-11-23T12:03:04Z","event_type":"x"}""")]
    [InlineData("""{"event_id":"a","ts":"2026-11-23T12:03:04Z","event_type":"x","meta":{"a":1,"a":2}}""")]
    [InlineData("""{"event_id":"a","ts":"2026-11-23T12:03:04Z","event_type":"x","counts":{"a":1,"a":2}}""")]
    [InlineData("""{"event_id":"a","ts":"2026-11-23T12:03:04Z","event_type":"x"} {}""")]
    [InlineData("""{"event_id":7,"ts":"2026-11-23T12:03:04Z","event_type":"x"}""")]
    [InlineData("""{"event_id":"a","ts":"2026-11-23T12:03:04Z","event_type":"x","worker_id":1.5}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void Read_AnythingUnusual_IsLeftToTheSerialiser(string json) => Assert.Null(EventReader.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Read_NamesOfManyEvents_AreOneString()
    {
        var first = EventReader.Read("""{"event_id":"a","ts":"2026-11-23T12:03:04Z","event_type":"x","project_id":"market-atlas"}"""u8)!;
        var second = EventReader.Read("""{"event_id":"b","ts":"2026-11-23T12:03:05Z","event_type":"x","project_id":"market-atlas"}"""u8)!;

        Assert.Same(first.ProjectId, second.ProjectId);
    }

    private static string BySerialiser(byte[] utf8) => Encoding.UTF8.GetString(
        EventJson.ToUtf8(JsonSerializer.Deserialize(utf8, MonitoringJson.Context.MonitoringEvent)!));
}
