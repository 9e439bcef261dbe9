namespace Nexus.Monitoring.Contracts.About;

/// <summary>The watch over the clock: one node finds lost workers.</summary>
/// <param name="IsEnabled">Whether this node takes part.</param>
/// <param name="IsThisNode">Whether it is the one that watches.</param>
/// <param name="Token">Fencing token of the node that watches; absent when none does, or Redis does not answer.</param>
public sealed record WatchReport(bool IsEnabled, bool IsThisNode, long? Token);
