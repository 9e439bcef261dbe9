namespace Nexus.Monitoring.Web.Charts;

public enum ChartUnit
{
    Count,
    Seconds,
    PerSecond,
    PerMinute,

    /// <summary>Shares between 0 and 1.</summary>
    Percent,
}
