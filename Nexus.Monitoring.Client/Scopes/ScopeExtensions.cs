using System.Diagnostics;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Client.Telemetry;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Client.Scopes;

/// <summary>Begins runs and tasks. What begins here says by itself how long it took, and cannot be forgotten.</summary>
public static class ScopeExtensions
{
    /// <summary>Begins a run: publishes <c>run_started</c> and starts its span.</summary>
    public static RunScope StartRun(this IMonitoringPublisher publisher, RunDetails details)
    {
        ArgumentNullException.ThrowIfNull(publisher);
        ArgumentNullException.ThrowIfNull(details);
        return new RunScope(publisher, details);
    }

    /// <summary>Begins an attempt at a task: publishes <c>task_started</c> and starts its span.</summary>
    public static TaskScope StartTask(this IMonitoringPublisher publisher, TaskDetails details)
    {
        ArgumentNullException.ThrowIfNull(publisher);
        ArgumentNullException.ThrowIfNull(details);
        return new TaskScope(publisher, details);
    }

    /// <summary>
    /// Says that a task was put into a queue: publishes <c>task_enqueued</c> within a span of its own, which ends at once.
    /// </summary>
    /// <returns>
    /// The W3C <c>traceparent</c> of that span, else of the current activity, else null. Send it along with the job, and give it to
    /// <see cref="TaskDetails.WithParent"/> where the job is done: so the trace goes on there.
    /// </returns>
    public static string? EnqueueTask(this IMonitoringPublisher publisher, TaskDetails details)
    {
        ArgumentNullException.ThrowIfNull(publisher);
        ArgumentNullException.ThrowIfNull(details);
        if (!publisher.IsEnabled)
        {
            return Activity.Current?.Id;
        }

        using var activity = TaskEvents.Tag(
            ClientTelemetry.StartActivity("enqueue", details.TaskType ?? details.TaskId, ActivityKind.Producer, details.Parent), details);
        var e = TaskEvents.Create(publisher, EventTypes.TaskEnqueued, details) with
        {
            Status = EventStatuses.Pending,
            Message = details.Message,
        };
        activity?.SetTag(ClientTelemetry.EventId, e.EventId)
            .SetTag(ClientTelemetry.System, details.QueueSystem)
            .SetTag(ClientTelemetry.Destination, details.Queue)
            .SetTag(ClientTelemetry.OperationName, "enqueue")
            .SetTag(ClientTelemetry.OperationType, "send")
            .SetTag(ClientTelemetry.MessageId, details.TaskId);
        publisher.Publish(e);
        return (activity ?? Activity.Current)?.Id;
    }

    /// <summary>
    /// Does the work within a task scope: completed when it returns, failed, or to be repeated, when it throws. The exception passes
    /// through.
    /// </summary>
    /// <param name="publisher">Where the events go.</param>
    /// <param name="details">The task.</param>
    /// <param name="work">The work; it may end the scope itself to say more.</param>
    /// <param name="willRetry">Whether another attempt follows this exception; default: none.</param>
    /// <param name="cancellationToken">Handed to the work.</param>
    public static Task RunTaskAsync(
        this IMonitoringPublisher publisher,
        TaskDetails details,
        Func<TaskScope, CancellationToken, Task> work,
        Func<Exception, bool>? willRetry = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return publisher.RunTaskAsync(
            details,
            async (scope, token) =>
            {
                await work(scope, token).ConfigureAwait(false);
                return true;
            },
            willRetry,
            cancellationToken);
    }

    /// <inheritdoc cref="RunTaskAsync(IMonitoringPublisher, TaskDetails, Func{TaskScope, CancellationToken, Task}, Func{Exception, bool}?, CancellationToken)"/>
    public static async Task<T> RunTaskAsync<T>(
        this IMonitoringPublisher publisher,
        TaskDetails details,
        Func<TaskScope, CancellationToken, Task<T>> work,
        Func<Exception, bool>? willRetry = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var scope = publisher.StartTask(details);
        try
        {
            var result = await work(scope, cancellationToken).ConfigureAwait(false);
            if (!scope.HasEnded)
            {
                scope.Complete();
            }

            return result;
        }
        catch (Exception exception) when (!scope.HasEnded)
        {
            if (willRetry?.Invoke(exception) == true)
            {
                scope.Retry(exception);
            }
            else
            {
                scope.Fail(exception);
            }

            throw;
        }
    }
}
