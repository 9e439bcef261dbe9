namespace Nexus.Monitoring.Contracts.History;

/// <summary>How long something took, in milliseconds.</summary>
/// <param name="Key">The task type, phase, project or worker; absent for what has none.</param>
/// <param name="Count">How many were measured.</param>
/// <param name="Average">The mean.</param>
/// <param name="P50">Half of them took at most this.</param>
/// <param name="P90">Nine of ten took at most this.</param>
/// <param name="P95">95 % took at most this.</param>
/// <param name="P99">99 % took at most this.</param>
/// <param name="Max">The longest.</param>
public sealed record DurationProfile(string? Key, long Count, double Average, double P50, double P90, double P95, double P99, long Max);
