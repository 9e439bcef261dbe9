namespace Nexus.Coordinator.Sim.Configuration;

/// <summary>How often workers and processes say that they live, and after which silence they are lost.</summary>
internal sealed record HeartbeatTiming(TimeSpan Interval, TimeSpan TimeToLive);
