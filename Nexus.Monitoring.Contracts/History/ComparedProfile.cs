namespace Nexus.Monitoring.Contracts.History;

/// <summary>A task type in a phase, in two runs or periods; times in milliseconds.</summary>
/// <param name="TaskType">The task type.</param>
/// <param name="Phase">The phase.</param>
/// <param name="Before">What it was; absent when there was none.</param>
/// <param name="After">What it is; absent when there is none, and without attempts when only a phase or a run failed.</param>
/// <param name="P50Change">Change of the median as a part of what it was: 0.5 is half as long again.</param>
/// <param name="NewErrors">Titles of failures that were not there before.</param>
public sealed record ComparedProfile(
    string? TaskType, string? Phase, ComparedSide? Before, ComparedSide? After, double? P50Change, IReadOnlyList<string> NewErrors);
