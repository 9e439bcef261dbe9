namespace Nexus.Monitoring.Api.History.Profiles;

/// <summary>One side of a comparison; times in milliseconds.</summary>
internal sealed record ComparedSide(long Attempts, long Failed, double? RunP50, double? RunP95, double? WaitP50, double? WaitP95);
