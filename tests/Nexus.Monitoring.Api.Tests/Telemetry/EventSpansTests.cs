using System.Diagnostics;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Api.Telemetry;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Telemetry;

public sealed class EventSpansTests : IDisposable
{
    private readonly string _traceId = ActivityTraceId.CreateRandom().ToHexString();
    private readonly string _spanId = ActivitySpanId.CreateRandom().ToHexString();
    private readonly List<Activity> _ended = [];
    private readonly ActivityListener _listener;
    private readonly FakeTimeProvider _time = new();
    private readonly EventSpans _spans;

    public EventSpansTests()
    {
        _spans = new EventSpans(_time, Options.Create(new MonitoringApiOptions { TracedEventsPerSecond = 3 }));
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ApiActivities.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Record_RunEvent_ContinuesTheProducersTrace()
    {
        Record(EventTypes.RunStarted);

        var span = Assert.Single(_ended);
        Assert.Equal(("process nexus:events:log", ActivityKind.Consumer), (span.DisplayName, span.Kind));
        Assert.Equal((_traceId, _spanId), (span.TraceId.ToHexString(), span.ParentSpanId.ToHexString()));
        Assert.Equal("redis", span.GetTagItem("messaging.system"));
        Assert.Equal("nexus:events:log", span.GetTagItem("messaging.destination.name"));
        Assert.Equal("run-1", span.GetTagItem("nexus.run.id"));
        Assert.NotNull(span.GetTagItem("nexus.event.id"));
    }

    [Fact]
    public void Record_ManyEvents_OnlySoManyASecondButAllOfRunsAndPhases()
    {
        for (var i = 0; i < 10; i++)
        {
            Record(EventTypes.TaskStarted);
            Record(EventTypes.PhaseStarted);
        }

        Assert.Equal(3 + 10, _ended.Count);
        _time.Advance(TimeSpan.FromSeconds(1));
        Record(EventTypes.TaskStarted);
        Assert.Equal(14, _ended.Count);
    }

    [Theory]
    [InlineData(null, "00f067aa0ba902b7")]
    [InlineData("4bf92f3577b34da6a3ce929d0e0e4736", null)]
    [InlineData("not hexadecimal, but thirty-two c", "00f067aa0ba902b7")]
    [InlineData("00000000000000000000000000000000", "0000000000000000")]
    public void Record_NoUsableTrace_MakesNoSpan(string? traceId, string? spanId)
    {
        _spans.Record(Sample.Event(EventTypes.RunStarted) with { TraceId = traceId, SpanId = spanId }, LogPosition.Start);

        Assert.DoesNotContain(_ended, span => span.TraceId.ToHexString() == traceId);
    }

    private void Record(string eventType) => _spans.Record(
        Sample.Event(eventType, taskId: "task-1", runId: "run-1") with { TraceId = _traceId, SpanId = _spanId }, new LogPosition(1, 0));

    /// <summary>Other tests' spans are none of ours.</summary>
    private void Add(Activity activity)
    {
        if (activity.TraceId.ToHexString() == _traceId)
        {
            _ended.Add(activity);
        }
    }
}
