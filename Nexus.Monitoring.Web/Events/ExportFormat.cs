namespace Nexus.Monitoring.Web.Events;

/// <summary>What events can be taken along as.</summary>
/// <param name="Name">As the API calls it.</param>
/// <param name="Text">As people call it.</param>
/// <param name="Use">What it is good for.</param>
internal sealed record ExportFormat(string Name, string Text, string Use)
{
    public static IReadOnlyList<ExportFormat> All { get; } =
    [
        new("csv", "CSV", "a table for spreadsheets"),
        new("json", "JSON", "one array"),
        new("ndjson", "NDJSON", "one event a line; can be imported again"),
        new("parquet", "Parquet", "for DuckDB, pandas, Spark; can be imported again"),
        new("perfetto", "Perfetto", "a time line for ui.perfetto.dev"),
    ];
}
