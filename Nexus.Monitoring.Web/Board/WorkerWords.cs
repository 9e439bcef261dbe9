using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Board;

internal static class WorkerWords
{
    public static (WorkStatus Status, string Word) Of(WorkerStanding standing) => standing switch
    {
        WorkerStanding.Busy => (WorkStatus.Processing, "busy"),
        WorkerStanding.Lost => (WorkStatus.Orphaned, "lost"),
        WorkerStanding.Idle => (WorkStatus.Pending, "idle"),
        _ => (WorkStatus.Info, "stopped"),
    };

    /// <summary>What is to be said of a worker that does nothing.</summary>
    public static string Rest(WorkerRow worker, DateTimeOffset now, Times times) => worker switch
    {
        { Standing: WorkerStanding.Lost, EndedAt: { } at, TasksHeld: > 0 } =>
            $"lost {times.Clock(at, now)}, {Numbers.Plural(worker.TasksHeld, "task", "tasks")} left behind",
        { Standing: WorkerStanding.Lost, EndedAt: { } at } => $"lost {times.Clock(at, now)}",
        { Standing: WorkerStanding.Stopped, EndedAt: { } at } => $"stopped {times.Clock(at, now)}",
        _ => worker.Doing,
    };
}
