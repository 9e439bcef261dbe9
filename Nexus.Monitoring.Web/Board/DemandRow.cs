namespace Nexus.Monitoring.Web.Board;

/// <summary>What waits of one task type, and how it comes and goes.</summary>
/// <param name="TaskType">The type.</param>
/// <param name="Waiting">Tasks in a queue.</param>
/// <param name="OldestSince">Since when the one waits that waits longest; null where nothing does.</param>
/// <param name="InPerMinute">Tasks put into a queue, over five minutes.</param>
/// <param name="OutPerMinute">Attempts begun, over five minutes.</param>
/// <param name="Depth">As reported, over the last quarter of an hour; empty where nobody reports it.</param>
public sealed record DemandRow(
    string TaskType, long Waiting, DateTimeOffset? OldestSince, double InPerMinute, double OutPerMinute, IReadOnlyList<float> Depth);
