using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Client.Scopes;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Client.Workers;

/// <summary>
/// A worker that lives: every <see cref="MonitoringOptions.HeartbeatInterval"/> it publishes <c>worker_heartbeat</c> with what it does, and
/// renews its key in Redis, which expires after <see cref="MonitoringOptions.HeartbeatTtl"/>. Whoever starts a worker with the same id takes its
/// place: the older one falls silent and leaves the key alone. Disposing of it publishes
/// <c>worker_stopped</c>. A process that dies does not get there, which is how its workers are found to be lost. Thread-safe.
/// </summary>
public sealed class WorkerHeartbeat : IAsyncDisposable
{
    private readonly IMonitoringPublisher _publisher;
    private readonly IWorkerPresence _presence;
    private readonly MonitoringOptions _options;
    private readonly WorkerDetails _details;
    private readonly string _owner = Guid.NewGuid().ToString("N");
    private readonly PeriodicTimer? _timer;
    private readonly Task _beating;
    private TaskScope? _current;
    private volatile bool _isReplaced;
    private int _disposed;

    internal WorkerHeartbeat(IMonitoringPublisher publisher, IWorkerPresence presence, MonitoringOptions options, WorkerDetails details)
    {
        _publisher = publisher;
        _presence = presence;
        _options = options;
        _details = details;
        if (!publisher.IsEnabled)
        {
            _beating = Task.CompletedTask;
            return;
        }

        publisher.Publish(Describe(EventTypes.WorkerStarted) with { Message = details.Message });
        _timer = new PeriodicTimer(options.HeartbeatInterval, publisher.TimeProvider);
        _beating = BeatAsync(_timer);
    }

    /// <summary>The worker's id.</summary>
    public int WorkerId => _details.WorkerId;

    /// <summary>
    /// Begins an attempt at a task by this worker; while it lasts, the heartbeats name it. A worker that has several at once names the
    /// one that began last.
    /// </summary>
    public TaskScope StartTask(TaskDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        var scope = _publisher.StartTask(details with { WorkerId = WorkerId, ProjectId = details.ProjectId ?? _details.ProjectId });
        Volatile.Write(ref _current, scope);
        return scope;
    }

    /// <summary>The worker ends in good order: no further heartbeat, its key is gone, <c>worker_stopped</c> is published. Never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0 || _timer is null)
        {
            return;
        }

        _timer.Dispose();
        await _beating.ConfigureAwait(false);
        await _presence.RemoveAsync(WorkerId, _owner).ConfigureAwait(false);
        if (!_isReplaced)
        {
            _publisher.Publish(Describe(EventTypes.WorkerStopped));
        }
    }

    private async Task BeatAsync(PeriodicTimer timer)
    {
        // The first beat only sets the key: worker_started has just said the rest.
        await _presence.ClaimAsync(WorkerId, _owner, _options.HeartbeatTtl).ConfigureAwait(false);
        while (await timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            // A worker that another process has taken the place of is silent: two that beat with one id look like one that is well.
            _isReplaced = !await _presence.RenewAsync(WorkerId, _owner, _options.HeartbeatTtl).ConfigureAwait(false);
            if (!_isReplaced)
            {
                _publisher.Publish(Beat());
            }
        }
    }

    private MonitoringEvent Beat()
    {
        var e = Describe(EventTypes.WorkerHeartbeat);
        return Volatile.Read(ref _current) is { HasEnded: false, Details: var task }
            ? e with
            {
                Status = EventStatuses.Processing,
                TaskId = task.TaskId,
                ParentTaskId = task.RunId,
                ProjectId = task.ProjectId,
                TaskType = task.TaskType,
                Phase = task.Phase,
                Message = task.Message,
            }
            : e;
    }

    private MonitoringEvent Describe(string eventType) =>
        _publisher.NewEvent(eventType) with { WorkerId = WorkerId, ProjectId = _details.ProjectId };
}
