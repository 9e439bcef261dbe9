using System.Text;
using System.Text.Json;
using CsCheck;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Contracts.Tests.Events;

public sealed class EventWriterTests
{
    private static readonly Gen<string?> Text = Gen.OneOf(Gen.String, Gen.String[Gen.Char.AlphaNumeric], Gen.Const("\"<é😀\u2028\ud800\n>")).Null();
    private static readonly Gen<IReadOnlyDictionary<string, long>?> Counts =
        Gen.Dictionary(Gen.String, Gen.Long)[0, 4].Select(counts => (IReadOnlyDictionary<string, long>)counts).Null();

    private static readonly Gen<JsonElement?> Meta = Gen.OneOfConst<JsonElement?>(
        null, Element("null"), Element("{}"), Element("""{ "a" : [1, 1.50, "é<\u00e9", {"b":null}] }"""), Element("[]"));

    private static readonly Gen<MonitoringEvent> Event =
        Gen.Select(
            Text.Array[17], Gen.DateTimeOffset, Gen.Int.Nullable(), Gen.Int.Nullable(), Gen.Long.Nullable(), Gen.Select(Counts, Counts), Meta,
            (text, time, worker, retries, duration, counts, meta) => new MonitoringEvent
            {
                EventId = text[0]!,
                Timestamp = time,
                EventType = text[1]!,
                ProjectId = text[2],
                ParentTaskId = text[3],
                TaskId = text[4],
                TaskType = text[5],
                Phase = text[6],
                Status = text[7],
                Message = text[8],
                Error = text[9],
                FailureKind = text[10],
                WorkerId = worker,
                RetryCount = retries,
                DurationMs = duration,
                Counts = counts.Item1,
                Queue = counts.Item2,
                Meta = meta,
                TraceId = text[11],
                SpanId = text[12],
                ParentSpanId = text[13],
                Source = text[14],
                Cursor = text[15],
            });

    [Fact]
    public void Write_AnyEvent_IsByteForByteWhatTheSerialiserWrites() => Event.Sample(e => Assert.Equal(Serialised(e), Written(e)), iter: 5_000);

    [Fact]
    public void Write_EventWithFieldsOfOthers_KeepsThem()
    {
        Assert.True(EventJson.TryRead("""{"event_id":"1","ts":"2026-11-23T12:03:04Z","event_type":"x","theirs":{"a":[1]}}"""u8, out var e, out _));

        Assert.Equal("""{"event_id":"1","ts":"2026-11-23T12:03:04.000000Z","event_type":"x","theirs":{"a":[1]}}""", Written(e));
    }

    /// <summary>Fields to come are written too.</summary>
    [Fact]
    public void Write_EveryField_IsThere()
    {
        var counts = new Dictionary<string, long> { ["a"] = 1 };
        using var document = JsonDocument.Parse(Written(new MonitoringEvent
        {
            EventId = "1", Timestamp = default, EventType = "2", ProjectId = "3", ParentTaskId = "4", TaskId = "5", TaskType = "6", Phase = "7",
            Status = "8", Message = "9", Error = "10", FailureKind = "11", WorkerId = 12, RetryCount = 13, DurationMs = 14, Counts = counts,
            Queue = counts, Meta = Element("{}"), TraceId = "15", SpanId = "16", ParentSpanId = "17", Source = "18", Cursor = "19",
        }));

        Assert.Equal(
            MonitoringJson.Context.MonitoringEvent.Properties.Where(property => property is { Get: not null, IsExtensionData: false }).Select(property => property.Name),
            document.RootElement.EnumerateObject().Select(property => property.Name));
    }

    private static JsonElement Element(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static string Serialised(MonitoringEvent e) =>
        Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(e, MonitoringJson.Context.MonitoringEvent));

    private static string Written(MonitoringEvent e)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = MonitoringJson.Encoder }))
        {
            EventJson.Write(writer, e);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
