namespace Nexus.Monitoring.Client.Http;

/// <summary>An event that was not accepted.</summary>
/// <param name="Number">Which one of the request, from 1.</param>
/// <param name="Reason">One sentence.</param>
internal sealed record IngestRejection(int Number, string? Reason);
