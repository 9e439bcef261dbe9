namespace Nexus.Monitoring.Contracts.About;

/// <summary>The history file.</summary>
/// <param name="IsKept">Whether any is kept on this node.</param>
/// <param name="Problem">Why nothing is written, as a sentence.</param>
/// <param name="Path">The file.</param>
/// <param name="Database">Version of DuckDB.</param>
/// <param name="Schema">Version of its tables.</param>
/// <param name="Events">Rows.</param>
/// <param name="FileBytes">The file, and what is written beside it.</param>
/// <param name="UsedBytes">Bytes of the file that hold data.</param>
/// <param name="MaxBytes">The most of them; absent when there is no limit.</param>
/// <param name="MaxAgeSeconds">Older events are deleted; absent when there is no limit.</param>
/// <param name="After">Everything after this position is there.</param>
/// <param name="Upto">Up to this one.</param>
/// <param name="BehindSeconds">How much older that is than what this node has read of the log.</param>
public sealed record HistoryReport(
    bool IsKept, string? Problem, string? Path, string? Database, int? Schema, long? Events, long? FileBytes, long? UsedBytes, long? MaxBytes,
    double? MaxAgeSeconds, string? After, string? Upto, double? BehindSeconds);
