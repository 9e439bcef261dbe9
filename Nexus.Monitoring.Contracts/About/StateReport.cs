namespace Nexus.Monitoring.Contracts.About;

/// <summary>What the live state holds, and at most.</summary>
/// <param name="IsReady">Whether all of the log has been folded in.</param>
/// <param name="Events">Events that were folded in.</param>
/// <param name="Tasks">Tasks, open and ended.</param>
/// <param name="MaxTasks">The most.</param>
/// <param name="Runs">Runs, open and ended.</param>
/// <param name="MaxRuns">The most.</param>
/// <param name="Workers">Workers online.</param>
/// <param name="MaxWorkers">The most.</param>
/// <param name="Upto">Everything up to this position is in it.</param>
public sealed record StateReport(
    bool IsReady, long Events, long Tasks, long MaxTasks, long Runs, long MaxRuns, long Workers, long MaxWorkers, string Upto);
