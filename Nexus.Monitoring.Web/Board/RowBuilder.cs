using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Board;

/// <summary>Runs, workers and failures as rows.</summary>
internal static class RowBuilder
{
    /// <summary>Most runs on a page.</summary>
    private const int MaxRuns = 200;

    /// <summary>Most workers on a page.</summary>
    private const int MaxWorkers = 500;

    /// <summary>How long a worker that went stays in sight.</summary>
    private static readonly TimeSpan GoneFor = TimeSpan.FromMinutes(15);

    public static IReadOnlyList<RunRow> Runs(LiveState state, BoardHistory history, string? project, DateTimeOffset now) =>
        [.. state.OpenRuns.Concat(state.EndedRuns).Where(run => project is null || run.ProjectId == project).Take(MaxRuns).Select(run => Run(run, history, now))];

    public static IReadOnlyList<WorkerRow> Workers(LiveState state, string? project, DateTimeOffset now) =>
    [
        .. state.OnlineWorkers
            .Concat(state.GoneWorkers.TakeWhile(worker => now - worker.EndedAt < GoneFor))
            .Where(worker => project is null || worker.ProjectId == project)
            .OrderBy(worker => worker.WorkerId)
            .Take(MaxWorkers)
            .Select(worker => Worker(worker, state)),
    ];

    public static IReadOnlyList<FailureRow> Failures(LiveState state, BoardHistory history, string? project, DateTimeOffset now) =>
    [
        .. state.Errors
            .TakeWhile(group => now - group.LastSeenAt < history.Failures.Window)
            .Where(group => project is null || group.ProjectId == project)
            .GroupBy(group => group.Fingerprint)
            .Select(groups => Failure([.. groups], history, now)),
    ];

    /// <param name="run">How it stands.</param>
    /// <param name="history">How fast it went lately.</param>
    /// <param name="now">The log's clock.</param>
    public static RunRow Run(RunState run, BoardHistory history, DateTimeOffset now)
    {
        var pace = history.RunPace.Sum(run.RunId, now);
        var span = TimeSpan.FromTicks(Math.Clamp((now - run.StartedAt).Ticks, TimeSpan.FromSeconds(15).Ticks, history.RunPace.Window.Ticks));
        var rate = pace / span.TotalMinutes;
        var announced = run.Phases.Count > 0 && run.Phases.All(phase => phase.Announced is not null);
        long? total = announced ? run.Phases.Sum(phase => phase.Total) : null;
        return new RunRow
        {
            Id = run.RunId,
            Name = run.Name ?? run.RunId,
            Project = run.ProjectId,
            Status = StatusNames.Parse(run.Status),
            StartedAt = run.StartedAt,
            EndedAt = run.EndedAt,
            Phases = [.. run.Phases.Select(Phase)],
            Completed = run.Tasks.Completed,
            Failed = run.Tasks.Failed,
            Total = total,
            PhaseEnd = run.HasEnded ? null : PhaseEnd(run, rate, now),
            RatePerMinute = run.HasEnded && run.DurationMs > 0 ? run.Tasks.Completed / TimeSpan.FromMilliseconds(run.DurationMs.Value).TotalMinutes : rate,
            SilentSince = RunSilence.Since(run, now),
            TraceId = run.TraceId,
            Error = run.Error,
        };
    }

    private static DateTimeOffset? PhaseEnd(RunState run, double ratePerMinute, DateTimeOffset now)
    {
        var active = run.Phases.Where(phase => phase.Status == EventStatuses.Processing).ToList();
        if (active.Count == 0 || ratePerMinute <= 0 || active.Exists(phase => phase.Announced is null))
        {
            return null;
        }

        var left = active.Sum(phase => phase.Total - phase.Tasks.Completed - phase.Tasks.Failed);
        return now + TimeSpan.FromMinutes(Math.Min(left / ratePerMinute, TimeSpan.FromDays(30).TotalMinutes));
    }

    private static PhaseCell Phase(PhaseState phase)
    {
        var done = phase.Tasks.Total > 0 ? phase.Tasks.Completed : phase.Counts?.GetValueOrDefault("completed") ?? 0;
        var failed = phase.Tasks.Total > 0 ? phase.Tasks.Failed : phase.Counts?.GetValueOrDefault("failed") ?? 0;
        // Work without an announcement: whoever emits no phase_started is at work in it all the same.
        var status = phase.Status == EventStatuses.Pending && phase.Tasks.Total > 0 ? EventStatuses.Processing : phase.Status;
        return new PhaseCell(phase.Name, StatusNames.Parse(status), done, failed, phase.Announced is null ? null : phase.Total);
    }

    private static WorkerRow Worker(WorkerState worker, LiveState state)
    {
        var task = worker.TaskId is { } id ? state.Task(id) : null;
        return new WorkerRow
        {
            Id = worker.WorkerId,
            Standing = worker.Status switch
            {
                WorkerStatus.Busy => WorkerStanding.Busy,
                WorkerStatus.Idle => WorkerStanding.Idle,
                WorkerStatus.Lost => WorkerStanding.Lost,
                _ => WorkerStanding.Stopped,
            },
            Source = worker.Source,
            TaskId = worker.TaskId,
            TaskType = worker.TaskType,
            Doing = Doing(worker, task),
            Project = worker.Status == WorkerStatus.Busy ? worker.ProjectId : null,
            BusySince = worker.BusySince,
            LastBeat = worker.LastHeartbeatAt ?? worker.LastSeenAt,
            TraceId = task?.TraceId,
            ClockAhead = worker.ClockOffsetMs is { } behind ? TimeSpan.FromMilliseconds(-behind) : null,
            StartedAt = worker.StartedAt,
            EndedAt = worker.EndedAt,
            ReinstatedAt = worker.ReinstatedAt,
            Evidence = worker.Evidence,
            Error = worker.Error,
            TasksHeld = worker.TasksHeld,
            Completed = worker.Completed,
            Failed = worker.Failed,
        };
    }

    private static string Doing(WorkerState worker, TaskState? task) => worker switch
    {
        { Status: WorkerStatus.Busy } => worker.TaskMessage ?? worker.TaskType ?? Ids.Brief(worker.TaskId ?? ""),
        { Status: WorkerStatus.Lost, TasksHeld: 1, TaskId: { } left } when task?.Status == EventStatuses.Orphaned => $"lost, left {Ids.Brief(left)} behind",
        { Status: WorkerStatus.Lost, TasksHeld: > 0 } => $"lost, left {Numbers.Plural(worker.TasksHeld, "task", "tasks")} behind",
        { Status: WorkerStatus.Lost } => "lost",
        { Status: WorkerStatus.Stopped } => "stopped",
        _ => "idle",
    };

    /// <summary>The same failure in several projects is one row; the newest comes first.</summary>
    private static FailureRow Failure(List<ErrorGroup> groups, BoardHistory history, DateTimeOffset now)
    {
        var newest = groups[0];
        var histogram = new int[history.Failures.Slots];
        foreach (var group in groups)
        {
            var own = history.Failures.Of(BoardHistory.FailureKey(group.ProjectId, group.Fingerprint), now);
            for (var i = 0; i < own.Length; i++)
            {
                histogram[i] += own[i];
            }
        }

        return new FailureRow
        {
            Fingerprint = newest.Title,
            Error = newest.LastError,
            // The group may be older than what is charted: the count is of the window, as the panel says.
            Count = Math.Max(1, histogram.Sum()),
            Kinds = [.. groups.SelectMany(group => group.FailureKinds).Distinct()],
            Final = groups.Sum(group => (long)history.Finals.Sum(BoardHistory.FailureKey(group.ProjectId, group.Fingerprint), now)),
            TaskTypes = [.. groups.SelectMany(group => group.TaskTypes).Distinct()],
            Runs = groups.SelectMany(group => group.RunIds).Distinct().Count(),
            LastAt = newest.LastSeenAt,
            Histogram = histogram,
            TraceId = newest.LastTraceId,
        };
    }
}
