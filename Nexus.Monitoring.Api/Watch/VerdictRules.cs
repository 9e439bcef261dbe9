using System.Globalization;
using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Watch;

/// <summary>
/// What only time can tell, as a function of the state, the log's clock and the time that was watched: the same for every node. A worker that
/// promised signs of life and gave none for the time to live is lost. A task is orphaned when its worker is lost, at once; when its worker stopped or
/// began anew without ending it, after the time to live. A task whose own events say that nobody holds it, although its worker has given a sign of life,
/// is reinstated at once.
/// </summary>
internal static class VerdictRules
{
    /// <summary>Most verdicts of one look; the others come at the next, because what they rest on stays.</summary>
    public const int Most = 1_000;

    /// <summary>The workers whose heartbeat keys are to be asked for first: they are lost, or have lost tasks, unless a key says that they live.</summary>
    public static IReadOnlyList<int> Silent(LiveState state, DateTimeOffset now, DateTimeOffset observedSince, TimeSpan timeToLive) =>
    [
        .. state.OnlineWorkers.Where(worker => worker.IsWatched && now - Later(worker.LastSeenAt, observedSince) >= timeToLive)
            .Concat(state.GoneWorkers.Where(worker => worker.TasksHeld > 0 && worker.Status == WorkerStatus.Lost))
            .Select(worker => worker.WorkerId),
    ];

    /// <param name="state">The log, folded.</param>
    /// <param name="now">By the log's clock.</param>
    /// <param name="observedSince">What was before, nobody watched.</param>
    /// <param name="timeToLive">The silence after which a worker is lost.</param>
    /// <param name="token">The watcher's.</param>
    /// <param name="alive">Workers that are not silent whatever the log says: were they judged and then left out, they would take the place of others for ever.</param>
    public static IReadOnlyList<PendingVerdict> Find(
        LiveState state, DateTimeOffset now, DateTimeOffset observedSince, TimeSpan timeToLive, long token, IReadOnlySet<int> alive)
    {
        var found = new List<PendingVerdict>();
        foreach (var worker in state.OnlineWorkers)
        {
            if (worker.ReinstatementsDue > 0)
            {
                Reinstate(worker);
            }

            if (worker.IsWatched && HasPassed(worker.LastSeenAt))
            {
                if (alive.Contains(worker.WorkerId))
                {
                    continue;
                }

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
                if (!alive.Contains(worker.WorkerId))
                {
                    Orphan(worker, About(worker, VerdictReasons.Silent), since: null);
                }
            }
            else if (worker.TasksHeld > 0 && worker.EndedAt is { } ended && HasPassed(ended))
            {
                Orphan(worker, About(worker, VerdictReasons.Stopped), since: null);
            }
        }

        return Bounded();

        bool HasPassed(DateTimeOffset since) => now - Later(since, observedSince) >= timeToLive;

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

        void Reinstate(WorkerState worker)
        {
            foreach (var task in LiveState.HeldBy(worker).Where(task => task.IsReinstatementDue && task.Status == EventStatuses.Processing))
            {
                if (found.Count < Most)
                {
                    found.Add(new PendingVerdict(Reinstated(task, worker, token, state.Position), null));
                }
            }
        }

        List<PendingVerdict> Bounded() => found.Count > Most ? found[..Most] : found;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static MonitoringEvent Lost(WorkerState worker, Verdict verdict) => New(EventTypes.WorkerLost, worker, verdict.ToMeta()) with
    {
        Error = Sentence(worker, verdict),
    };

    private static MonitoringEvent Orphaned(TaskState task, WorkerState worker, Verdict verdict) => About(task, EventTypes.TaskStalled, worker, verdict.ToMeta()) with
    {
        Status = EventStatuses.Orphaned,
        Error = Sentence(worker, verdict),
    };

    private static MonitoringEvent Reinstated(TaskState task, WorkerState worker, long token, LogPosition upto)
    {
        var told = new Reinstatement
        {
            WorkerId = worker.WorkerId,
            LastSeenAt = worker.LastSeenAt,
            RepairedAt = task.RepairedAt,
            Evidence = task.Evidence,
            Error = task.Error,
            Token = token,
            Upto = upto,
        };
        return About(task, EventTypes.TaskReinstated, worker, told.ToMeta()) with { Status = EventStatuses.Processing };
    }

    private static MonitoringEvent About(TaskState task, string type, WorkerState worker, JsonElement meta) => New(type, worker, meta) with
    {
        ProjectId = task.ProjectId,
        ParentTaskId = task.RunId,
        TaskId = task.TaskId,
        TaskType = task.TaskType,
        Phase = task.Phase,
        Message = task.Message,
        RetryCount = Math.Max(0, task.Attempt - 1),
        TraceId = task.TraceId,
        ParentSpanId = task.SpanId,
    };

    private static MonitoringEvent New(string type, WorkerState worker, JsonElement meta) => new()
    {
        EventId = "",
        Timestamp = default,
        EventType = type,
        WorkerId = worker.WorkerId,
        Meta = meta,
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
