using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Client.Telemetry;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Client.Scopes;

/// <summary>
/// A phase of a run: <c>phase_started</c> has been published; <c>phase_completed</c> or <c>phase_failed</c> will be, and while it advances a
/// <c>phase_progress</c> at most once a second. Thread-safe; no method throws.
/// </summary>
public sealed class PhaseScope : WorkScope
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    private readonly RunScope _run;
    private readonly ThrottledAction? _progress;
    private long _total;
    private long _completed;
    private long _failed;

    internal PhaseScope(IMonitoringPublisher publisher, RunScope run, string name, long? total)
        : base(publisher, publisher.IsEnabled ? ClientTelemetry.StartActivity("phase", name, default, run.Activity?.Context) : null)
    {
        _run = run;
        Name = name;
        _total = total ?? -1;
        if (!publisher.IsEnabled)
        {
            return;
        }

        Activity?.SetTag(ClientTelemetry.RunId, run.RunId).SetTag(ClientTelemetry.ProjectId, run.ProjectId).SetTag(ClientTelemetry.Phase, name);
        Emit(Describe(EventTypes.PhaseStarted) with
        {
            Status = EventStatuses.Processing,
            Counts = total is { } known ? new CountMap(KeyValuePair.Create("total", known)) : null,
        });
        _progress = new ThrottledAction(publisher.TimeProvider, ProgressInterval, EmitProgress);
    }

    /// <summary>The phase's name.</summary>
    public string Name { get; }

    /// <summary>Items that ended with a result so far.</summary>
    public long Completed => Volatile.Read(ref _completed);

    /// <summary>Items that ended with an error so far.</summary>
    public long Failed => Volatile.Read(ref _failed);

    /// <summary>Says that items have ended.</summary>
    /// <param name="completed">How many with a result.</param>
    /// <param name="failed">How many with an error.</param>
    public void Advance(long completed = 1, long failed = 0)
    {
        Interlocked.Add(ref _completed, completed);
        Interlocked.Add(ref _failed, failed);
        _progress?.Request();
    }

    /// <summary>Says how many items there are, when that turns out only now; 0 or more.</summary>
    public void SetTotal(long total)
    {
        Volatile.Write(ref _total, total);
        _progress?.Request();
    }

    /// <summary>Begins a task of this phase; run, project, phase and parent are filled in.</summary>
    public TaskScope StartTask(TaskDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        return _run.StartTask(details with { Phase = details.Phase ?? Name, Parent = details.Parent ?? Activity?.Context });
    }

    /// <summary>The phase has ended with a result: publishes <c>phase_completed</c> with its counts.</summary>
    /// <param name="message">One line for people.</param>
    /// <returns>False when it had ended before: then nothing happens but a warning in the log.</returns>
    public bool Complete(string? message = null) => Finish(EventTypes.PhaseCompleted, EventStatuses.Completed, message, null);

    /// <summary>The phase has ended with an error: publishes <c>phase_failed</c> with its counts.</summary>
    /// <inheritdoc cref="Complete" path="/returns"/>
    public bool Fail(string error) => Finish(EventTypes.PhaseFailed, EventStatuses.Failed, null, error);

    /// <inheritdoc cref="Fail(string)"/>
    public bool Fail(Exception exception) => Fail(Text(exception));

    private protected override string What => $"Phase {Name} of run {_run.RunId}";

    private protected override void EndAsFailed(string error) => Fail(error);

    private protected override void OnEnded() => _progress?.Dispose();

    private protected override MonitoringEvent Describe(string eventType) => Publisher.NewEvent(eventType) with
    {
        ParentTaskId = _run.RunId,
        ProjectId = _run.ProjectId,
        Phase = Name,
    };

    private bool Finish(string eventType, string status, string? message, string? error)
    {
        if (!TryEnd())
        {
            return false;
        }

        End(eventType, status, message, error, e => e with { Counts = Counts() });
        return true;
    }

    private void EmitProgress()
    {
        if (!HasEnded)
        {
            Emit(Describe(EventTypes.PhaseProgress) with { Status = EventStatuses.Processing, Counts = Counts() });
        }
    }

    private CountMap Counts()
    {
        var total = Volatile.Read(ref _total);
        return total < 0
            ? new CountMap(KeyValuePair.Create("completed", Completed), KeyValuePair.Create("failed", Failed))
            : new CountMap(KeyValuePair.Create("total", total), KeyValuePair.Create("completed", Completed), KeyValuePair.Create("failed", Failed));
    }
}
