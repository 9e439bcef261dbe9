namespace Nexus.Monitoring.Api.Http.Ingest;

/// <summary>Why an event was not appended.</summary>
/// <param name="Number">Which one of the request, from 1: the line of NDJSON, the place in an array.</param>
/// <param name="Reason">One sentence that names the field, the value and what is allowed.</param>
internal sealed record RejectedEvent(int Number, string Reason);
