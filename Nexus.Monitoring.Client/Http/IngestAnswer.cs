namespace Nexus.Monitoring.Client.Http;

/// <summary>What <c>POST /api/events</c> answers.</summary>
/// <param name="Cursors">Positions of the accepted events, in order.</param>
/// <param name="Rejected">The others.</param>
internal sealed record IngestAnswer(IReadOnlyList<string>? Cursors, IReadOnlyList<IngestRejection>? Rejected);
