namespace Nexus.Monitoring.Contracts.About;

/// <summary>What did not get through.</summary>
/// <param name="What"><c>gap</c> (a reader was told that events will not come), <c>skipped</c> (an entry of the log is no event), <c>rejected</c> (an
/// event was refused over HTTP) or <c>stalled</c> (a stream was closed because its client took nothing).</param>
/// <param name="Reason">Why; of streams, the transport.</param>
/// <param name="Count">How often since the start of the process.</param>
public sealed record DropCount(string What, string Reason, long Count);
