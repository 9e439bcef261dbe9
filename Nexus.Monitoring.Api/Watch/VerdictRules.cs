using System.Globalization;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Watch;

/// <summary>
/// What only time can tell, as a function of the state, the log's clock and the time that was watched: the same for every node. A worker that
/// promised signs of life and gave none for the time to live is lost. A task is orphaned when its worker is lost, at once; when its worker stopped or
/// began anew without ending it, after the time to live.
/// </summary>
internal static class VerdictRules
{
    /// <summary>Most verdicts of one look; the others come at the next, because what they rest on stays.</summary>
    public const int Most = 1_000;

    public static IReadOnlyList<PendingVerdict> Find(LiveState state, DateTimeOffset now, DateTimeOffset observedSince, TimeSpan timeToLive, long token)
    {
        var found = new List<PendingVerdict>();
        foreach (var worker in state.OnlineWorkers)
        {
            if (worker.IsWatched && HasPassed(worker.LastSeenAt))
            {
                var verdict = About(worker, VerdictReasons.Silent);
                found.Add(new PendingVerdict(Lost(worker, verdict), worker.WorkerId));
                Orphan(worker, verdict, since: null);
            }
            else if (worker.StartedAt is { } started && worker.TasksHeld > 0 && HasPassed(started))
            {
                Orphan(worker, About(worker, VerdictReasons.Restarted), started);
            }

            if (found.Count >= Most)
            {
                return Bounded();
            }
        }

        foreach (var worker in state.GoneWorkers)
        {
            if (worker.TasksHeld > 0 && worker.Status == WorkerStatus.Lost)
            {
                Orphan(worker, About(worker, VerdictReasons.Silent), since: null);
            }
            else if (worker.TasksHeld > 0 && worker.EndedAt is { } ended && HasPassed(ended))
            {
                Orphan(worker, About(worker, VerdictReasons.Stopped), since: null);
            }
        }

        return Bounded();

        bool HasPassed(DateTimeOffset since) => now - (since > observedSince ? since : observedSince) >= timeToLive;

        Verdict About(WorkerState worker, string reason) => new()
        {
            WorkerId = worker.WorkerId,
            Reason = reason,
            LastSeenAt = worker.LastSeenAt,
            LastHeartbeatAt = worker.LastHeartbeatAt,
            TtlMs = (long)timeToLive.TotalMilliseconds,
            Token = token,
            Upto = state.Position,
        };

        void Orphan(WorkerState worker, Verdict verdict, DateTimeOffset? since)
        {
            foreach (var task in LiveState.HeldBy(worker))
            {
                if (found.Count < Most && task.Status == EventStatuses.Processing && !(task.StartedAt >= since))
                {
                    found.Add(new PendingVerdict(
                        Orphaned(task, worker, verdict), verdict.Reason == VerdictReasons.Silent ? worker.WorkerId : null));
                }
            }
        }

        List<PendingVerdict> Bounded() => found.Count > Most ? found[..Most] : found;
    }

    private static MonitoringEvent Lost(WorkerState worker, Verdict verdict) => New(EventTypes.WorkerLost, worker, verdict) with
    {
        ProjectId = null,
    };

    private static MonitoringEvent Orphaned(TaskState task, WorkerState worker, Verdict verdict) => New(EventTypes.TaskStalled, worker, verdict) with
    {
        ProjectId = task.ProjectId,
        ParentTaskId = task.RunId,
        TaskId = task.TaskId,
        TaskType = task.TaskType,
        Phase = task.Phase,
        Status = EventStatuses.Orphaned,
        Message = task.Message,
        RetryCount = Math.Max(0, task.Attempt - 1),
        TraceId = task.TraceId,
        ParentSpanId = task.SpanId,
    };

    private static MonitoringEvent New(string type, WorkerState worker, Verdict verdict) => new()
    {
        EventId = "",
        Timestamp = default,
        EventType = type,
        WorkerId = worker.WorkerId,
        Error = Sentence(worker, verdict),
        Meta = verdict.ToMeta(),
    };

    private static string Sentence(WorkerState worker, Verdict verdict)
    {
        var (id, ttl) = (worker.WorkerId, TimeSpan.FromMilliseconds(verdict.TtlMs).TotalSeconds);
        return verdict.Reason switch
        {
            VerdictReasons.Stopped => Text($"Worker {id} stopped at {worker.EndedAt:HH:mm:ss} UTC without ending its task"),
            VerdictReasons.Restarted => Text($"Worker {id} began anew at {worker.StartedAt:HH:mm:ss} UTC without ending its task"),
            _ => Text($"Worker {id} lost: no heartbeat for {ttl:0.#} s, last seen at {worker.LastSeenAt:HH:mm:ss} UTC"),
        };

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
