namespace Nexus.Monitoring.Api.Http.Ingest;

/// <summary>What became of the events of a request.</summary>
/// <param name="Accepted">How many are in the log.</param>
/// <param name="Cursors">
/// Their positions, in the order of the request; absent when the log's answer was lost and only that they are in it is certain.
/// </param>
/// <param name="Rejected">Those that are not, and why.</param>
internal sealed record IngestAnswer(int Accepted, IReadOnlyList<string>? Cursors, IReadOnlyList<RejectedEvent> Rejected);
