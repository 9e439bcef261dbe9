namespace Nexus.Monitoring.Api.Http.Exports;

/// <summary>How much an export would be.</summary>
/// <param name="Total">Events.</param>
internal sealed record ExportCount(long Total);
