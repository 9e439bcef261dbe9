namespace Nexus.Monitoring.Web.Board;

public enum WorkerStanding
{
    Busy,
    Idle,
    Lost,
    Stopped,
}
