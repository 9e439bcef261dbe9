namespace Nexus.Monitoring.Contracts.About;

/// <summary>Open streams.</summary>
/// <param name="Open">How many.</param>
/// <param name="Limit">The most.</param>
/// <param name="Opened">How many were opened since the start of the process, by others than the node itself.</param>
/// <param name="Transports">The open ones by transport, those that have been used; by name.</param>
public sealed record ConnectionsReport(long Open, long Limit, long Opened, IReadOnlyList<TransportCount> Transports);
