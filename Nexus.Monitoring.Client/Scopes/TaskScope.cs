using System.Diagnostics;
using System.Text.Json;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Client.Telemetry;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Client.Scopes;

/// <summary>
/// One attempt at a task: <c>task_started</c> has been published; exactly one of <c>task_completed</c>, <c>task_failed</c> and
/// <c>task_retry</c> will be, unless the attempt is abandoned. Thread-safe; no method throws.
/// </summary>
public sealed class TaskScope : WorkScope
{
    private const string RetryDelayMeta = "retry_delay_ms";

    private readonly TaskDetails _details;

    internal TaskScope(IMonitoringPublisher publisher, TaskDetails details)
        : base(publisher, StartActivity(publisher, details))
    {
        _details = details;
        if (publisher.IsEnabled)
        {
            Emit(Describe(EventTypes.TaskStarted) with { Status = EventStatuses.Processing, Message = details.Message });
        }
    }

    /// <summary>The task's id.</summary>
    public string TaskId => _details.TaskId;

    /// <summary>What was known of it at the start.</summary>
    public TaskDetails Details => _details;

    /// <summary>The attempt has ended with a result: publishes <c>task_completed</c>.</summary>
    /// <param name="message">One line for people; what the task was begun with when absent.</param>
    /// <param name="counts">Figures of the result.</param>
    /// <returns>False when it had ended before: then nothing happens but a warning in the log.</returns>
    public bool Complete(string? message = null, IReadOnlyDictionary<string, long>? counts = null) =>
        Finish(EventTypes.TaskCompleted, EventStatuses.Completed, message ?? _details.Message, null, counts is null ? null : e => e with { Counts = counts });

    /// <summary>The attempt has ended with an error, and there will be no other: publishes <c>task_failed</c>.</summary>
    /// <inheritdoc cref="Complete" path="/returns"/>
    public bool Fail(string error) => Finish(EventTypes.TaskFailed, EventStatuses.Failed, _details.Message, error, null);

    /// <inheritdoc cref="Fail(string)"/>
    public bool Fail(Exception exception) => Fail(Text(exception));

    /// <summary>The same for an attempt that took longer than it was given.</summary>
    /// <inheritdoc cref="Complete" path="/returns"/>
    public bool TimeOut(string error) =>
        Finish(EventTypes.TaskFailed, EventStatuses.Failed, _details.Message, error, static e => e with { FailureKind = FailureKinds.TimedOut });

    /// <summary>
    /// The attempt has ended with an error, and another will follow: publishes <c>task_retry</c>, whose <c>retry_count</c> counts this
    /// failure too.
    /// </summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="delay">How long until the next attempt, if that is known; becomes <c>meta.retry_delay_ms</c>.</param>
    /// <inheritdoc cref="Complete" path="/returns"/>
    public bool Retry(string error, TimeSpan? delay = null) => Finish(
        EventTypes.TaskRetry,
        EventStatuses.Retrying,
        _details.Message,
        error,
        e => e with
        {
            RetryCount = _details.RetryCount + 1,
            Meta = delay is { } known ? JsonSerializer.SerializeToElement(new Dictionary<string, long> { [RetryDelayMeta] = (long)known.TotalMilliseconds }) : null,
        });

    /// <inheritdoc cref="Retry(string, TimeSpan?)"/>
    public bool Retry(Exception exception, TimeSpan? delay = null) => Retry(Text(exception), delay);

    private protected override string What => $"Task {_details.TaskId}";

    private protected override void EndAsFailed(string error) => Fail(error);

    private protected override MonitoringEvent Describe(string eventType) => TaskEvents.Create(Publisher, eventType, _details);

    private bool Finish(string eventType, string status, string? message, string? error, Func<MonitoringEvent, MonitoringEvent>? complete)
    {
        if (!TryEnd())
        {
            return false;
        }

        End(eventType, status, message, error, complete);
        return true;
    }

    private static Activity? StartActivity(IMonitoringPublisher publisher, TaskDetails details) => publisher.IsEnabled
        ? TaskEvents.Tag(ClientTelemetry.StartActivity("task", details.TaskType ?? details.TaskId, ActivityKind.Consumer, details.Parent), details)
        : null;
}
