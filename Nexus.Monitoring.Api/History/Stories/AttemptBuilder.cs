using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Api.History.Stories;

/// <summary>Puts attempts together from events in the log's order. Not thread-safe.</summary>
internal sealed class AttemptBuilder
{
    private readonly Dictionary<string, int> _open = [];
    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<string, long> _waiting = [];

    /// <summary>In the order in which they began.</summary>
    public List<Attempt> Attempts { get; } = [];

    public void Add(in AttemptStep step)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(step.Ms);
        switch (step.EventType)
        {
            case EventTypes.TaskEnqueued:
                _waiting.TryAdd(step.TaskId, step.Ms);
                break;
            case EventTypes.TaskStarted:
                var wait = step.WaitMs ?? (_waiting.Remove(step.TaskId, out var since) ? Math.Max(0, step.Ms - since) : null);
                _open[step.TaskId] = Attempts.Count;
                _numbers[step.TaskId] = step.RetryCount + 1 ?? _numbers.GetValueOrDefault(step.TaskId) + 1;
                Attempts.Add(new Attempt(
                    step.TaskId, step.TaskType, step.Phase, _numbers[step.TaskId], step.WorkerId, wait, at, null, null,
                    EventStatuses.Processing, null, step.TraceId));
                break;
            case EventTypes.TaskCompleted:
                End(step, at, EventStatuses.Completed);
                break;
            case EventTypes.TaskRetry:
                End(step, at, EventStatuses.Retrying);
                _waiting[step.TaskId] = step.Ms;
                break;
            case EventTypes.TaskFailed:
                End(step, at, EventStatuses.Failed);
                break;
        }
    }

    private void End(in AttemptStep step, DateTimeOffset at, string outcome)
    {
        if (!_open.Remove(step.TaskId, out var index))
        {
            // Its beginning was never told: it began when the measured time says.
            index = Attempts.Count;
            DateTimeOffset? started = step.TookMs is { } took ? at.AddMilliseconds(-took) : null;
            _numbers[step.TaskId] = _numbers.GetValueOrDefault(step.TaskId) + 1;
            Attempts.Add(new Attempt(
                step.TaskId, step.TaskType, step.Phase, _numbers[step.TaskId], step.WorkerId, null, started, null, null, outcome, null,
                    step.TraceId));
        }

        Attempts[index] = Attempts[index] with
        {
            EndedAt = at,
            RunMs = step.TookMs ?? (Attempts[index].StartedAt is { } began ? Math.Max(0, (long)(at - began).TotalMilliseconds) : null),
            Outcome = outcome,
            Error = step.Error,
            WorkerId = step.WorkerId ?? Attempts[index].WorkerId,
        };
    }
}
