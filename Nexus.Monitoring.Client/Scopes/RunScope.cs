using System.Diagnostics;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Client.Telemetry;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Client.Scopes;

/// <summary>
/// A run: <c>run_started</c> has been published; <c>run_completed</c> or <c>run_failed</c> will be. Its span is the parent of those of its
/// phases and tasks. Thread-safe; no method throws.
/// </summary>
public sealed class RunScope : WorkScope
{
    private readonly RunDetails _details;

    internal RunScope(IMonitoringPublisher publisher, RunDetails details)
        : base(publisher, StartActivity(publisher, details))
    {
        _details = details;
        if (publisher.IsEnabled)
        {
            Emit(Describe(EventTypes.RunStarted) with { Status = EventStatuses.Processing, Message = details.Name });
        }
    }

    /// <summary>The run's id.</summary>
    public string RunId => _details.RunId;

    /// <summary>The project it works for.</summary>
    public string? ProjectId => _details.ProjectId;

    /// <summary>Begins a phase: publishes <c>phase_started</c>.</summary>
    /// <param name="name">The phase's name, unique within the run; not empty.</param>
    /// <param name="total">How many items it will work on, if that is known; 0 or more.</param>
    public PhaseScope StartPhase(string name, long? total = null) => new(Publisher, this, name, total);

    /// <summary>Begins a task of this run outside of a phase; run, project and parent are filled in.</summary>
    public TaskScope StartTask(TaskDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        return new TaskScope(Publisher, details with
        {
            RunId = details.RunId ?? RunId,
            ProjectId = details.ProjectId ?? ProjectId,
            Parent = details.Parent ?? Activity?.Context,
        });
    }

    /// <summary>The run has ended with a result: publishes <c>run_completed</c>.</summary>
    /// <param name="message">One line for people.</param>
    /// <returns>False when it had ended before: then nothing happens but a warning in the log.</returns>
    public bool Complete(string? message = null) => Finish(EventTypes.RunCompleted, EventStatuses.Completed, message, null);

    /// <summary>The run has ended with an error: publishes <c>run_failed</c>.</summary>
    /// <inheritdoc cref="Complete" path="/returns"/>
    public bool Fail(string error) => Finish(EventTypes.RunFailed, EventStatuses.Failed, null, error);

    /// <inheritdoc cref="Fail(string)"/>
    public bool Fail(Exception exception) => Fail(Text(exception));

    private protected override string What => $"Run {_details.RunId}";

    private protected override void EndAsFailed(string error) => Fail(error);

    private protected override MonitoringEvent Describe(string eventType) => Publisher.NewEvent(eventType) with
    {
        TaskId = _details.RunId,
        ProjectId = _details.ProjectId,
        TaskType = _details.TaskType,
    };

    private bool Finish(string eventType, string status, string? message, string? error)
    {
        if (!TryEnd())
        {
            return false;
        }

        End(eventType, status, message, error);
        return true;
    }

    private static Activity? StartActivity(IMonitoringPublisher publisher, RunDetails details)
    {
        if (!publisher.IsEnabled)
        {
            return null;
        }

        var current = Activity.Current;
        if (details.NewTrace)
        {
            Activity.Current = null;
        }

        var activity = ClientTelemetry.StartActivity("run", details.Name ?? details.RunId, ActivityKind.Internal, details.Parent);
        if (activity is null)
        {
            Activity.Current = current;
        }

        activity?.SetTag(ClientTelemetry.RunId, details.RunId)
            .SetTag(ClientTelemetry.ProjectId, details.ProjectId)
            .SetTag(ClientTelemetry.TaskType, details.TaskType);
        return activity;
    }
}
