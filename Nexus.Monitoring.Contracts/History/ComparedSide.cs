namespace Nexus.Monitoring.Contracts.History;

/// <summary>One side of a comparison; times in milliseconds.</summary>
/// <param name="Attempts">How many ended.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="RunP50">Median of the running time.</param>
/// <param name="RunP95">95 % ran at most this long.</param>
/// <param name="WaitP50">Median of the waiting time.</param>
/// <param name="WaitP95">95 % waited at most this long.</param>
public sealed record ComparedSide(long Attempts, long Failed, double? RunP50, double? RunP95, double? WaitP50, double? WaitP95);
