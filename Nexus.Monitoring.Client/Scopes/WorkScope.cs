using System.Diagnostics;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Client.Telemetry;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Client.Scopes;

/// <summary>
/// A piece of work that has begun and ends exactly once: by the first call of one of its ending methods, or as a failure when it is
/// disposed of before; or it is abandoned, and nothing is said of its end. Later endings change nothing. Thread-safe; no method throws.
/// </summary>
public abstract class WorkScope : IDisposable
{
    private readonly IMonitoringPublisher _publisher;
    private readonly long _started;
    private int _ended;

    private protected WorkScope(IMonitoringPublisher publisher, Activity? activity)
    {
        _publisher = publisher;
        Activity = activity;
        _started = publisher.TimeProvider.GetTimestamp();
    }

    /// <summary>The span of this work; null when nobody listens to <c>Nexus.Monitoring.Client</c>, or monitoring is disabled.</summary>
    public Activity? Activity { get; }

    /// <summary>Whether the work has ended.</summary>
    public bool HasEnded => Volatile.Read(ref _ended) != 0;

    /// <summary>The W3C <c>traceparent</c> of this work, to be sent along with what it causes elsewhere; null without a span.</summary>
    public string? TraceParent => Activity?.Id;

    /// <summary>Ends the work as failed, if it has not ended: whoever leaves without saying how it went has not finished.</summary>
    public void Dispose()
    {
        if (!HasEnded)
        {
            EndAsFailed($"{What} was left without a result.");
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>The work as the subject of a sentence.</summary>
    private protected abstract string What { get; }

    /// <summary>
    /// Ends the work without an event, because somebody else now says how it goes on: for a worker that has lost its task to another one, or
    /// that was told to drop it. Its span ends as an error.
    /// </summary>
    /// <param name="reason">What the span says.</param>
    /// <returns>False when the work had ended before: then nothing happens but a warning in the log.</returns>
    public bool Abandon(string reason = "abandoned")
    {
        if (!TryEnd())
        {
            return false;
        }

        Activity?.SetStatus(ActivityStatusCode.Error, reason);
        Activity?.Dispose();
        return true;
    }

    /// <summary>Ends the work as failed for this reason, unless it has ended.</summary>
    private protected abstract void EndAsFailed(string error);

    /// <summary>Whatever else goes on while the work does must stop.</summary>
    private protected virtual void OnEnded()
    {
    }

    private protected IMonitoringPublisher Publisher => _publisher;

    /// <summary>An event about this work, with nothing in it but what all such events have in common.</summary>
    private protected abstract MonitoringEvent Describe(string eventType);

    /// <summary>Publishes an event of this work's span, whatever activity is current.</summary>
    private protected void Emit(MonitoringEvent e)
    {
        if (_publisher.IsEnabled)
        {
            Activity?.SetTag(ClientTelemetry.EventId, e.EventId);
            _publisher.Publish(Activity is null ? e : e with
            {
                TraceId = Activity.TraceId.ToHexString(),
                SpanId = Activity.SpanId.ToHexString(),
                ParentSpanId = Activity.ParentSpanId == default ? null : Activity.ParentSpanId.ToHexString(),
            });
        }
    }

    /// <summary>Takes the one chance to end. False, and a warning, when it is gone.</summary>
    private protected bool TryEnd()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            OnEnded();
            return true;
        }

        (_publisher as IScopeObserver)?.EndedAgain(What);
        return false;
    }

    /// <summary>Publishes the ending and ends the span.</summary>
    private protected void End(string eventType, string status, string? message, string? error, Func<MonitoringEvent, MonitoringEvent>? complete = null)
    {
        if (_publisher.IsEnabled)
        {
            var e = Describe(eventType) with
            {
                Status = status,
                Message = message,
                Error = error,
                DurationMs = (long)_publisher.TimeProvider.GetElapsedTime(_started).TotalMilliseconds,
            };
            Emit(complete is null ? e : complete(e));
        }

        Activity?.SetStatus(error is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error, error);
        Activity?.Dispose();
    }

    private protected static string Text(Exception? exception) => exception switch
    {
        null => "No error was given.",
        OperationCanceledException => "Cancelled.",
        { Message.Length: > 0 } => $"{exception.GetType().Name}: {exception.Message}",
        _ => exception.GetType().Name,
    };
}
