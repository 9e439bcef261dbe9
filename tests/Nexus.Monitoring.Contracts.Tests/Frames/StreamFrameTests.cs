using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.Tests.Frames;

public sealed class StreamFrameTests
{
    public static TheoryData<string, StreamFrame> Golden => new()
    {
        { """{"type":"ping","cursor":"5-1"}""", new PingFrame { Cursor = new LogPosition(5, 1) } },
        { """{"type":"ping"}""", new PingFrame() },
        { """{"type":"pong"}""", new PongFrame() },
        {
            """{"type":"gap","after":"1-0","upto":"9-0","missed":8,"reason":"retention"}""",
            new GapFrame { After = new LogPosition(1, 0), Upto = new LogPosition(9, 0), Missed = 8, Reason = GapReasons.Retention }
        },
        { """{"type":"resumed","after":"1-0","replayed":3}""", new ResumedFrame { After = new LogPosition(1, 0), Replayed = 3 } },
        {
            """{"type":"status","log":"unavailable","since":"2026-11-23T12:00:00+00:00","message":"Redis does not answer."}""",
            new StatusFrame { Log = StatusFrame.Unavailable, Since = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero), Message = "Redis does not answer." }
        },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Frame_IsTheGoldenText_AndRoundTrips(string json, StreamFrame frame)
    {
        Assert.Equal(json, JsonSerializer.Serialize(frame, MonitoringJson.Context.StreamFrame));
        Assert.Equal(frame, JsonSerializer.Deserialize(json, MonitoringJson.Context.StreamFrame));
    }

    [Fact]
    public void EventsFrame_CarriesItsEvents()
    {
        var json = """{"type":"events","after":"1-0","upto":"3-0","events":[{"event_id":"a","ts":"2026-11-23T12:00:00.000000Z","event_type":"task_started","cursor":"2-0"}]}""";

        var frame = Assert.IsType<EventsFrame>(JsonSerializer.Deserialize(json, MonitoringJson.Context.StreamFrame));

        Assert.Equal((new LogPosition(1, 0), new LogPosition(3, 0)), (frame.After, frame.Upto));
        Assert.Equal((EventTypes.TaskStarted, "2-0"), (frame.Events[0].EventType, frame.Events[0].Cursor));
        Assert.Equal(json, JsonSerializer.Serialize<StreamFrame>(frame, MonitoringJson.Context.StreamFrame));
    }

    [Fact]
    public void FilterFrame_FromAClient_IsRead()
    {
        var json = """{"type":"filter","project_id":["atlas"],"event_types":["task_failed"],"stats_only":false}""";

        var frame = Assert.IsType<FilterFrame>(JsonSerializer.Deserialize(json, MonitoringJson.Context.StreamFrame));

        Assert.Equal(["atlas"], frame.ProjectId!);
        Assert.Equal(["task_failed"], frame.EventTypes!);
        Assert.Null(frame.TaskId);
    }

    [Fact]
    public void Frame_OfALaterVersion_IsIgnorable()
    {
        var frame = JsonSerializer.Deserialize("""{"type":"weather","sunny":true}""", MonitoringJson.Context.StreamFrame);

        Assert.Equal(typeof(StreamFrame), frame!.GetType());
    }
}
