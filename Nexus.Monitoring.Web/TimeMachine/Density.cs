namespace Nexus.Monitoring.Web.TimeMachine;

/// <summary>How much happened, and how much failed, bar by bar.</summary>
/// <param name="End">Where the last bar ends.</param>
/// <param name="Events">Events of each bar.</param>
/// <param name="Failures">Attempts that failed, of each bar.</param>
public sealed record Density(DateTimeOffset End, long[] Events, long[] Failures);
