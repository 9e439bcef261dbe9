namespace Nexus.Monitoring.Contracts.About;

/// <summary>What one API node is, holds and does. What could not be found out is absent; nothing is estimated.</summary>
/// <param name="At">When this was looked at, by the node's clock.</param>
/// <param name="Node">The machine's name.</param>
/// <param name="Version">Of Nexus.</param>
/// <param name="Runtime">Such as <c>.NET 10.0.1</c>.</param>
/// <param name="OperatingSystem">As it names itself.</param>
/// <param name="Processors">That the process may use.</param>
/// <param name="StartedAt">When the process started.</param>
/// <param name="WorkingSetBytes">Memory of the process that is in the machine's memory.</param>
/// <param name="ManagedBytes">Objects of the process, those that are garbage already included.</param>
/// <param name="ProcessorSeconds">Processor time since the start.</param>
/// <param name="Log">The log that this node reads.</param>
/// <param name="Ring">Its newest part in memory.</param>
/// <param name="State">What is folded from it.</param>
/// <param name="History">What is kept of it for good.</param>
/// <param name="Connections">Who reads.</param>
/// <param name="Drops">What did not get through since the start of the process, by what and why; empty when everything did.</param>
/// <param name="Watch">Which node watches the clock.</param>
/// <param name="Latencies">How long events were on their way in the last minute, in the order of the way.</param>
public sealed record InstanceReport(
    DateTimeOffset At, string Node, string Version, string Runtime, string OperatingSystem, int Processors, DateTimeOffset StartedAt,
    long WorkingSetBytes, long ManagedBytes, double ProcessorSeconds, LogReport Log, RingReport Ring, StateReport State, HistoryReport History,
    ConnectionsReport Connections, IReadOnlyList<DropCount> Drops, WatchReport Watch, IReadOnlyList<LatencyReport> Latencies);
