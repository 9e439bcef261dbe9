namespace Nexus.Monitoring.Web.Charts;

public enum ChartUnit
{
    Count,
    Seconds,
}
