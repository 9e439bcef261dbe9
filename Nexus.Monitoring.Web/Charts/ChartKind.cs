namespace Nexus.Monitoring.Web.Charts;

public enum ChartKind
{
    /// <summary>Areas on top of each other, first series at the bottom.</summary>
    Stack,

    /// <summary>Percentiles from low to high in one hue.</summary>
    Bands,

    /// <summary>A line for each series.</summary>
    Lines,

    /// <summary>A row for each series, the darker the more; names of the series are the upper bounds of their rows.</summary>
    Heat,
}
