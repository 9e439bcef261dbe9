namespace Nexus.Monitoring.Contracts.About;

/// <summary>The newest part of the log in the node's memory: a reader within it costs Redis nothing.</summary>
/// <param name="Events">How many it holds.</param>
/// <param name="MaxEvents">The most.</param>
/// <param name="Bytes">JSON that it holds.</param>
/// <param name="MaxBytes">The most.</param>
/// <param name="After">Everything after this position is in it.</param>
/// <param name="Upto">Its newest event.</param>
public sealed record RingReport(long Events, long MaxEvents, long Bytes, long MaxBytes, string After, string Upto);
