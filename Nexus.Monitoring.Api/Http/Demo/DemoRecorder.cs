using System.Diagnostics;
using Nexus.Monitoring.Api.Telemetry;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Api.Http.Demo;

/// <summary>
/// Writes down the events of work that is only told, on a clock that is moved by hand and ends now: spans, times and durations agree with
/// each other.
/// </summary>
internal sealed class DemoRecorder(DateTimeOffset start, string source)
{
    private readonly List<MonitoringEvent> _events = [];

    public DateTimeOffset Now { get; private set; } = start;

    public IReadOnlyList<MonitoringEvent> Events => _events;

    public void Pass(int milliseconds) => Now = Now.AddMilliseconds(milliseconds);

    /// <summary>Begins a span under the one that is current. Without a listener it still has ids, it is only not exported.</summary>
    public Activity Begin(string name)
    {
        var span = ApiActivities.Source.CreateActivity(name, ActivityKind.Internal) ?? new Activity(name);
        return span.SetStartTime(Now.UtcDateTime).Start();
    }

    public void End(Activity span, string? error = null)
    {
        span.SetStatus(error is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error, error);
        span.SetEndTime(Now.UtcDateTime);
        span.Stop();
    }

    /// <summary>Adds an event of the current span, a moment after the one before.</summary>
    public void Add(MonitoringEvent template)
    {
        Pass(1);
        var span = Activity.Current;
        var e = template with
        {
            EventId = Guid.CreateVersion7(Now).ToString(),
            Timestamp = Now,
            Source = source,
            TraceId = span?.TraceId.ToHexString(),
            SpanId = span?.SpanId.ToHexString(),
            ParentSpanId = span is null || span.ParentSpanId == default ? null : span.ParentSpanId.ToHexString(),
        };
        span?.SetTag("nexus.event.id", e.EventId);
        span?.SetTag("nexus.run.id", e.RunId);
        span?.SetTag("nexus.task.id", e.TaskId);
        _events.Add(e);
    }
}
