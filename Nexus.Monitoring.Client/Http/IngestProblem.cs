namespace Nexus.Monitoring.Client.Http;

/// <summary>What we read of problem details (RFC 9457).</summary>
internal sealed record IngestProblem(string? Title, string? Detail);
