using System.Buffers;
using System.Text;
using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.Tests.Events;

public sealed class EventJsonTests
{
    /// <summary>Every field once, in the order and spelling of the wire. Changing it breaks producers and consumers.</summary>
    private const string Golden =
        """
        {"event_id":"01a20849-cd38-7600-97eb-972fbb50d7da","ts":"2026-11-23T12:03:04.120307Z","event_type":"task_stalled","project_id":"market-atlas","parent_task_id":"7f3a2c9e","task_id":"cf2e528e","task_type":"data_aggregation_extract","phase":"extraction","status":"orphaned","message":"extract “Überblick”","error":"Worker 7 lost: no heartbeat for 30 s","worker_id":7,"retry_count":0,"duration_ms":11000,"counts":{"total":640},"queue":{"high_priority":3},"meta":{"ttl_s":30},"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","parent_span_id":"00f067aa0ba902b8","source":"monitoring-api/1"}
        """;

    [Fact]
    public void ToUtf8_EveryField_IsTheGoldenText()
    {
        var golden = new MonitoringEvent
        {
            EventId = "01a20849-cd38-7600-97eb-972fbb50d7da",
            Timestamp = new DateTimeOffset(2026, 11, 23, 13, 3, 4, 120, 307, TimeSpan.FromHours(1)),
            EventType = EventTypes.TaskStalled,
            ProjectId = "market-atlas",
            ParentTaskId = "7f3a2c9e",
            TaskId = "cf2e528e",
            TaskType = "data_aggregation_extract",
            Phase = "extraction",
            Status = EventStatuses.Orphaned,
            Message = "extract “Überblick”",
            Error = "Worker 7 lost: no heartbeat for 30 s",
            WorkerId = 7,
            RetryCount = 0,
            DurationMs = 11_000,
            Counts = new Dictionary<string, long> { ["total"] = 640 },
            Queue = new Dictionary<string, long> { ["high_priority"] = 3 },
            Meta = JsonSerializer.Deserialize<JsonElement>("""{"ttl_s":30}"""),
            TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
            SpanId = "00f067aa0ba902b7",
            ParentSpanId = "00f067aa0ba902b8",
            Source = "monitoring-api/1",
        };

        Assert.Equal(Golden, Encoding.UTF8.GetString(EventJson.ToUtf8(golden)));
    }

    [Fact]
    public void TryRead_Golden_RoundTrips()
    {
        Assert.True(EventJson.TryRead(Encoding.UTF8.GetBytes(Golden), out var read, out _));
        Assert.Equal(Golden, Encoding.UTF8.GetString(EventJson.ToUtf8(read)));
    }

    [Fact]
    public void TryRead_UnknownFields_AreCarriedAlong()
    {
        var json = """{"event_id":"a","ts":"2026-11-23T12:03:04.000000Z","event_type":"my_type","tenant":{"id":7}}""";

        Assert.True(EventJson.TryRead(Encoding.UTF8.GetBytes(json), out var read, out _));
        Assert.Equal(json, Encoding.UTF8.GetString(EventJson.ToUtf8(read)));
    }

    [Theory]
    [InlineData("2026-11-23T12:03:04.120307Z")]
    [InlineData("2026-11-23T12:03:04.120307+00:00")]
    [InlineData("2026-11-23T13:03:04.120307+01:00")]
    [InlineData("2026-11-23T12:03:04.120307")]
    public void TryRead_AnyIsoTime_IsUtc(string ts)
    {
        var json = $$"""{"event_id":"a","ts":"{{ts}}","event_type":"x"}""";

        Assert.True(EventJson.TryRead(Encoding.UTF8.GetBytes(json), out var read, out var problem), problem);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 12, 3, 4, 120, 307, TimeSpan.Zero), read.Timestamp);
        Assert.Contains("\"ts\":\"2026-11-23T12:03:04.120307Z\"", Encoding.UTF8.GetString(EventJson.ToUtf8(read)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ts":"2026-11-23T12:03:04Z","event_type":"x"}""", "event_id is missing; a non-empty string is needed.")]
    [InlineData("""{"event_id":"","ts":"2026-11-23T12:03:04Z","event_type":"x"}""", "event_id is missing; a non-empty string is needed.")]
    [InlineData("""{"event_id":"a","ts":"2026-11-23T12:03:04Z"}""", "event_type is missing; a non-empty string is needed, such as task_started.")]
    [InlineData("""{"event_id":"a","event_type":"x"}""", "ts is missing; an ISO 8601 time in UTC is needed, such as 2026-11-23T12:03:04.120307Z.")]
    [InlineData("""{"event_id":"a","ts":"yesterday","event_type":"x"}""", "ts has the wrong type; an ISO 8601 time in UTC, such as 2026-11-23T12:03:04.120307Z, is needed.")]
    [InlineData("""{"event_id":"a","ts":"2026-11-23T12:03:04Z","event_type":"x","worker_id":"7"}""", "worker_id has the wrong type; an integer is needed.")]
    [InlineData("""{"event_id":"a","ts":"2026-11-23T12:03:04Z","event_type":"x","queue":{"a":"b"}}""", "queue.a has the wrong type; an object of integers is needed.")]
    [InlineData("""{"event_id":"a","ts":"2026-11-23T12:03:04Z","event_type":"x","meta":[1]}""", "meta is a JSON array; an object is needed.")]
    [InlineData("""{"event_id":"a","ts":"2026-11-23T12:03:04Z","event_type":"x","duration_ms":-5}""", "duration_ms is -5; zero or more milliseconds are allowed.")]
    [InlineData("null", "The event is null; a JSON object is needed.")]
    [InlineData("{\"event_id\":", "The event is not a valid JSON object (line 1, byte 12).")]
    [InlineData("[]", "The event is not a valid JSON object (line 1, byte 1).")]
    public void TryRead_BadEvent_NamesTheField(string json, string expected)
    {
        Assert.False(EventJson.TryRead(Encoding.UTF8.GetBytes(json), out var read, out var problem));
        Assert.Null(read);
        Assert.Equal(expected, problem);
    }

    /// <summary>Readers of JSON differ in what they make of these; an event is the same to everybody.</summary>
    [Theory]
    [InlineData("""  "meta":{"x":"\ud800"}  """, "A text has half a surrogate pair (an escape from \\ud800 to \\udfff without its other half)")]
    [InlineData("""  "meta":{"\uDFFF":1}  """, "A text has half a surrogate pair")]
    [InlineData("""  "meta":{"x":["a\\\uDBFFb"]}  """, "A text has half a surrogate pair")]
    [InlineData("""  "meta":{"x":"\uDC00\uD800"}  """, "A text has half a surrogate pair")]
    [InlineData("""  "meta":{"x":"\uD800\u0041"}  """, "A text has half a surrogate pair")]
    [InlineData("""  "other":"\ud83d"  """, "A text has half a surrogate pair")]
    [InlineData("""  "\ud83d":1  """, "A text has half a surrogate pair")]
    [InlineData("""  "message":"\ud83d"  """, "A text has half a surrogate pair")]
    [InlineData("""  "task_id":"a","task_id":"b"  """, "The event has a field twice")]
    [InlineData("""  "task_id":"a","task\u005fid":"b"  """, "The event has a field twice")]
    [InlineData("""  "other":1,"other":2  """, "The event has a field twice")]
    [InlineData("""  "counts":{"a":1,"a":2}  """, "The event has a field twice")]
    [InlineData("""  "meta":{"x":[{"a":1,"a":2}]}  """, "The event has a field twice")]
    public void TryRead_ReadersDisagree_IsRefused(string field, string expected)
    {
        var json = $$"""{"event_id":"a","ts":"2026-11-23T12:03:04Z","event_type":"x",{{field}}}""";

        Assert.False(EventJson.TryRead(Encoding.UTF8.GetBytes(json), out _, out var problem));
        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""  "meta":{"x":"\ud83d\uDE00"}  """)]
    [InlineData("""  "meta":{"x":"\\ud800"}  """)]
    [InlineData("""  "meta":{"x":"\u00fc\"\\"}  """)]
    [InlineData("""  "meta":{"x":{"a":1},"y":{"a":1}}  """)]
    public void TryRead_EscapesAndFieldsAsAllowed_IsRead(string field)
    {
        var json = $$"""{"event_id":"a","ts":"2026-11-23T12:03:04Z","event_type":"x",{{field}}}""";

        Assert.True(EventJson.TryRead(Encoding.UTF8.GetBytes(json), out _, out var problem), problem);
    }

    [Theory]
    [InlineData("{\"event_id\":\"a\"}")]
    [InlineData("{\"event_id\":\"a\" } \n")]
    public void WriteWithCursor_PutsItLast(string json)
    {
        var output = new ArrayBufferWriter<byte>();

        EventJson.WriteWithCursor(Encoding.UTF8.GetBytes(json), new LogPosition(1795435391750, 3), output);

        Assert.Equal("{\"event_id\":\"a\",\"cursor\":\"1795435391750-3\"}", Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
