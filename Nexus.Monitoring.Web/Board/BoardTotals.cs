namespace Nexus.Monitoring.Web.Board;

/// <summary>The counts of the page's head and of the navigation.</summary>
public sealed record BoardTotals(int RunsInProgress, long TasksOpen, int WorkersOnline, int WorkersKnown, long FailuresInWindow);
