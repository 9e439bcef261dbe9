using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.Formatting;
using Nexus.Monitoring.Web.Pages;
using Nexus.Monitoring.Web.Query;

namespace Nexus.Monitoring.Web.Board;

/// <summary>What a person should look at now, most pressing first. Empty is the normal case.</summary>
internal static class AttentionBuilder
{
    private const int MaxItems = 3;

    /// <summary>Open tasks that are looked at for waiting; beyond that the queue chart says enough.</summary>
    private const int MaxTasks = 20_000;

    private const double ErrorLimit = 0.05;
    private const int FewFailures = 5;
    private const int ManyWaiting = 10;
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan StillHappening = TimeSpan.FromMinutes(2);

    public static IReadOnlyList<AttentionItem> Build(
        LiveState state, BoardHistory history, ProjectState figures, IReadOnlyList<FailureRow> failures, string? project,
            DateTimeOffset now) =>
    [
        .. NoWorkers(state, figures)
            .Concat(LostWorkers(state, figures, project, now))
            .Concat(SilentWorkers(state, history, project, now))
            .Concat(FailedRuns(state, project, now))
            .Concat(SilentRuns(state, project, now))
            .Concat(Failures(figures, failures, project, now))
            .Concat(Waiting(state, project, now))
            .Take(MaxItems),
    ];

    private static IEnumerable<AttentionItem> NoWorkers(LiveState state, ProjectState figures)
    {
        if (state.WorkersOnline == 0 && figures.Tasks.Pending > 0)
        {
            yield return new AttentionItem(
                WorkStatus.Failed,
                "No worker is online",
                $"{Numbers.Plural(figures.Tasks.Pending, "task waits", "tasks wait")} and nobody takes them.",
                "See workers",
                PageAddress.Workers);
        }
    }

    /// <summary>Workers that were lost lately, or whose tasks nobody has taken in hand since; and tasks that are orphaned although no worker is lost.</summary>
    private static IEnumerable<AttentionItem> LostWorkers(LiveState state, ProjectState figures, string? project, DateTimeOffset now)
    {
        var lost = state.GoneWorkers
            .Where(worker => worker.Status == WorkerStatus.Lost && (worker.TasksHeld > 0 || now - worker.EndedAt < Recent))
            .Where(worker => project is null || worker.ProjectId == project)
            .ToList();
        var orphaned = figures.Tasks.Orphaned;
        var text = orphaned > 0 ? $"{Numbers.Plural(orphaned, "task", "tasks")} orphaned, not requeued yet." : "No task was left behind.";
        if (lost.Count == 0)
        {
            if (orphaned > 0)
            {
                yield return new AttentionItem(
                    WorkStatus.Orphaned,
                    $"{Numbers.Plural(orphaned, "task is", "tasks are")} orphaned",
                    "Nobody alive is at them, and they were not requeued yet.",
                    "See them",
                    PageAddress.With(PageAddress.Tasks, ("status", EventStatuses.Orphaned), ("project", project)));
            }

            yield break;
        }

        var last = lost[0];
        yield return lost.Count == 1
            ? new AttentionItem(
                WorkStatus.Orphaned,
                new Wording(times => $"Worker {last.WorkerId} lost at {times.Clock(last.EndedAt!.Value, now)}"),
                text,
                "See the evidence",
                PageAddress.OfWorker(last.WorkerId))
            : new AttentionItem(
                WorkStatus.Orphaned,
                new Wording(times => $"{lost.Count} workers lost, the last at {times.Clock(last.EndedAt!.Value, now)}"),
                text,
                "See the evidence",
                PageAddress.OfEvents(type: EventTypes.WorkerLost));
    }

    /// <summary>Online, but later with a sign of life than it used to be.</summary>
    private static IEnumerable<AttentionItem> SilentWorkers(LiveState state, BoardHistory history, string? project, DateTimeOffset now)
    {
        var silent = state.OnlineWorkers
            .Where(worker => project is null || worker.ProjectId == project)
            .Where(worker => history.Beats.IsSilent(worker.WorkerId, worker.LastSeenAt, now))
            .OrderBy(worker => worker.LastSeenAt)
            .ToList();
        if (silent.Count > 0)
        {
            var (longest, length) = (silent[0], Durations.Clock(now - silent[0].LastSeenAt));
            yield return new AttentionItem(
                WorkStatus.Retrying,
                silent.Count == 1
                    ? $"Worker {longest.WorkerId} silent for {length}"
                    : $"{silent.Count} workers silent, the longest for {length}",
                longest.TaskType is { } type ? $"It was at work on {type}." : "It had nothing to do.",
                "See workers",
                PageAddress.With(PageAddress.Workers, ("project", project)));
        }
    }

    private static IEnumerable<AttentionItem> FailedRuns(LiveState state, string? project, DateTimeOffset now)
    {
        var failed = state.EndedRuns
            .TakeWhile(run => now - run.EndedAt < Recent)
            .Where(run => run.Status == EventStatuses.Failed && (project is null || run.ProjectId == project))
            .ToList();
        if (failed.Count > 0)
        {
            var last = failed[0];
            yield return new AttentionItem(
                WorkStatus.Failed,
                failed.Count == 1 ? $"Run {last.Name ?? Ids.Brief(last.RunId)} failed" : $"{failed.Count} runs failed in 15 min",
                new Wording(times => $"{last.Error ?? "No error text was given"}, at {times.Clock(last.EndedAt!.Value, now)}."),
                "See the run",
                PageAddress.OfRun(last.RunId));
        }
    }

    private static IEnumerable<AttentionItem> SilentRuns(LiveState state, string? project, DateTimeOffset now)
    {
        var silent = state.OpenRuns
            .Where(run => (project is null || run.ProjectId == project) && RunSilence.Since(run, now) is not null)
            .OrderBy(run => run.UpdatedAt)
            .ToList();
        if (silent.Count > 0)
        {
            var (longest, length) = (silent[0], Durations.Clock(now - silent[0].UpdatedAt));
            yield return new AttentionItem(
                WorkStatus.Orphaned,
                silent.Count == 1
                    ? $"Run {longest.Name ?? Ids.Brief(longest.RunId)} silent for {length}"
                    : $"{silent.Count} runs silent, the longest for {length}",
                RunSilence.Meaning,
                silent.Count == 1 ? "See the run" : "See the longest",
                PageAddress.OfRun(longest.RunId));
        }
    }

    private static IEnumerable<AttentionItem> Failures(ProjectState figures, IReadOnlyList<FailureRow> failures, string? project,
        DateTimeOffset now)
    {
        var worst = failures.Where(failure => now - failure.LastAt < StillHappening).MaxBy(failure => failure.Count);
        var window = figures.Series.Sum(now - StillHappening, now + LiveSeries.Resolution);
        if (worst is { Count: >= FewFailures } && window.ErrorRate >= ErrorLimit)
        {
            var since = now - ((worst.Histogram.Count - worst.Histogram.TakeWhile(count => count == 0).Count()) * TimeSpan.FromSeconds(30));
            yield return new AttentionItem(
                WorkStatus.Failed,
                new Wording(times => $"{Fingerprints.Headline(worst.Fingerprint)} since {times.Minute(since)}"),
                $"{Numbers.Plural(worst.Count, "attempt", "attempts")} in 15 min, error rate {Numbers.Percent(window.ErrorRate.Value)} over 2 min.",
                "Open events",
                PageAddress.OfEvents(project, text: Fingerprints.SearchText(worst.Error)));
        }
    }

    private static IEnumerable<AttentionItem> Waiting(LiveState state, string? project, DateTimeOffset now)
    {
        var longest = state.OpenTasks.Take(MaxTasks)
            .Where(task => task is { WaitingSince: not null, TaskType: not null } && (project is null || task.ProjectId == project))
            .GroupBy(task => task.TaskType!)
            .Select(group => (Type: group.Key, Count: group.Count(), Oldest: group.Min(task => task.WaitingSince!.Value)))
            .Where(group => group.Count >= ManyWaiting && now - group.Oldest > LongWait)
            .OrderBy(group => group.Oldest)
            .FirstOrDefault();
        if (longest.Type is not null)
        {
            var isTaken = state.OpenTasks.Take(MaxTasks).Any(task => task.TaskType == longest.Type
                && task.Status == EventStatuses.Processing);
            var oldest = Durations.Text(TimeSpan.FromSeconds(Math.Floor((now - longest.Oldest).TotalSeconds)));
            var busy = state.WorkersBusy == state.WorkersOnline ? $"all {state.WorkersOnline} workers busy"
                : $"{state.WorkersBusy} of {state.WorkersOnline} workers busy";
            yield return new AttentionItem(
                isTaken ? WorkStatus.Pending : WorkStatus.Retrying,
                isTaken
                    ? $"{Numbers.Whole(longest.Count)} tasks of {longest.Type} waiting"
                    : $"Backlog of {longest.Type} and no worker takes it",
                isTaken ? $"Oldest {oldest}, {busy}." : $"{Numbers.Whole(longest.Count)} tasks, oldest {oldest}, {busy}.",
                "See them",
                PageAddress.OfTasks(project, QueryText.Is("task_type", longest.Type), EventStatuses.Pending, "waiting"));
        }
    }
}
