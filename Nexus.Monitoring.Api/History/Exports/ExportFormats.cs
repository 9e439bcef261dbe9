namespace Nexus.Monitoring.Api.History.Exports;

/// <summary>What an export can be written as.</summary>
internal static class ExportFormats
{
    public const string Csv = "csv";
    public const string Json = "json";
    public const string Ndjson = "ndjson";
    public const string Parquet = "parquet";
    public const string Perfetto = "perfetto";

    public static IReadOnlyList<string> All { get; } = [Csv, Json, Ndjson, Parquet, Perfetto];

    public static (string ContentType, string Extension) Describe(string format) => format switch
    {
        Csv => ("text/csv; charset=utf-8", "csv"),
        Json => ("application/json; charset=utf-8", "json"),
        Ndjson => ("application/x-ndjson", "ndjson"),
        Parquet => ("application/vnd.apache.parquet", "parquet"),
        Perfetto => ("application/json; charset=utf-8", "perfetto.json"),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
