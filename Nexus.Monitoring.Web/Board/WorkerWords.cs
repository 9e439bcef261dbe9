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
}
