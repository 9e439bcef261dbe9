namespace Nexus.Monitoring.Web.Charts;

public enum ChartKind
{
    /// <summary>Areas on top of each other, first series at the bottom.</summary>
    Stack,

    /// <summary>Percentiles from low to high in one hue.</summary>
    Bands,
}
