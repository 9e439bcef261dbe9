namespace Nexus.Monitoring.Web.Board;

public sealed record StatusShare(WorkStatus Status, long Count);
