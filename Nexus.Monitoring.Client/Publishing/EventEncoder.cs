using System.Diagnostics;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>Completes events and writes their JSON. Used by the sender alone, thus not thread-safe.</summary>
internal sealed class EventEncoder(int maxBytes, string source)
{
    private readonly EventShortener _shortener = new(maxBytes);
    private readonly EventLines _lines = new();

    /// <summary>Either the encoded event, or the reason why it cannot be sent; never throws.</summary>
    public string? TryEncode(in PendingEvent pending, out EncodedEvent encoded)
    {
        encoded = default;
        try
        {
            var complete = Complete(pending.Event, pending.Activity);
            if (EventJson.FindProblem(complete) is not null)
            {
                return DropReasons.Invalid;
            }

            var json = _shortener.Write(complete);
            if (json.IsEmpty)
            {
                return DropReasons.TooLarge;
            }

            encoded = new EncodedEvent(pending.Sequence, complete.EventId, EventKeys.Of(complete), _lines.Add(json));
            return null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Contents come from anywhere: a disposed JsonDocument, a dictionary that throws. None of it may stop the sender.
            return DropReasons.Invalid;
        }
    }

    private MonitoringEvent Complete(MonitoringEvent e, Activity? activity)
    {
        var takesIds = activity is { IdFormat: ActivityIdFormat.W3C } && e.TraceId is null;
        var isComplete = !takesIds && !string.IsNullOrEmpty(e.EventId) && e.Source is not null && e.Cursor is null;
        return isComplete ? e : e with
        {
            EventId = string.IsNullOrEmpty(e.EventId) ? EventIds.Create(e.Timestamp) : e.EventId,
            Source = e.Source ?? source,
            TraceId = takesIds ? activity!.TraceId.ToHexString() : e.TraceId,
            SpanId = takesIds ? activity!.SpanId.ToHexString() : e.SpanId,
            ParentSpanId = takesIds && activity!.ParentSpanId != default ? activity.ParentSpanId.ToHexString() : e.ParentSpanId,
            Cursor = null,
        };
    }
}
