namespace Nexus.Monitoring.Web.Board;

/// <summary>What a glyph can say: the seven statuses of work, and three for events that have none.</summary>
public enum WorkStatus
{
    Pending,
    Processing,
    Retrying,
    Completed,
    Failed,
    Orphaned,
    Cancelled,
    Started,
    Beat,
    Info,
}
