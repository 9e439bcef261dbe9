namespace Nexus.Monitoring.Contracts.History;

/// <summary>Failures that are alike.</summary>
/// <param name="Fingerprint">The same for all of them, everywhere.</param>
/// <param name="Title">What their texts share.</param>
/// <param name="Count">How many attempts, phases or runs failed so.</param>
/// <param name="Final">How many tasks were given up for it.</param>
/// <param name="FirstSeenAt">The first in the time asked for.</param>
/// <param name="LastSeenAt">The last.</param>
/// <param name="Runs">How many runs it touched.</param>
/// <param name="RunIds">Some of them, the last first.</param>
/// <param name="TaskTypes">Some of the task types.</param>
/// <param name="LastError">The text of the last one.</param>
/// <param name="LastTaskId">Its task.</param>
public sealed record ErrorGroupProfile(
    string Fingerprint, string Title, long Count, long Final, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt, long Runs,
    IReadOnlyList<string> RunIds, IReadOnlyList<string> TaskTypes, string LastError, string? LastTaskId);
