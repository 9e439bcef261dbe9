using System.Diagnostics;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Telemetry;

/// <summary>
/// Continues a producer's trace on this node: a consumer span for events of runs and phases, and for a bounded number of the others each
/// second, so that traces cross processes without a span per event under load. For one writer.
/// </summary>
/// <seealso href="https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/"/>
internal sealed class EventSpans(TimeProvider time, IOptions<MonitoringApiOptions> options)
{
    private const string SpanName = "process " + LogKeys.Log;

    private long _second;
    private int _left;

    public void Record(MonitoringEvent monitoringEvent, LogPosition position)
    {
        if (!ApiActivities.Source.HasListeners()
            || monitoringEvent is not { TraceId: { Length: 32 } traceId, SpanId: { Length: 16 } spanId }
            || !IsWanted(monitoringEvent.EventType)
            || !ActivityContext.TryParse($"00-{traceId}-{spanId}-01", null, isRemote: true, out var parent))
        {
            return;
        }

        using var span = ApiActivities.Source.StartActivity(SpanName, ActivityKind.Consumer, parent);
        if (span is null)
        {
            return;
        }

        span.SetTag("messaging.system", "redis");
        span.SetTag("messaging.operation.type", "process");
        span.SetTag("messaging.operation.name", "process");
        span.SetTag("messaging.destination.name", LogKeys.Log);
        span.SetTag("messaging.message.id", position.ToString());
        span.SetTag("nexus.event.id", monitoringEvent.EventId);
        span.SetTag("nexus.event.type", monitoringEvent.EventType);
        span.SetTag("nexus.run.id", monitoringEvent.RunId);
        span.SetTag("nexus.task.id", monitoringEvent.TaskId);
    }

    private bool IsWanted(string eventType)
    {
        if (EventCategories.Of(eventType) is EventCategory.Run or EventCategory.Phase)
        {
            return true;
        }

        var second = time.GetUtcNow().ToUnixTimeSeconds();
        if (second != _second)
        {
            _second = second;
            _left = options.Value.TracedEventsPerSecond;
        }

        return _left-- > 0;
    }
}
