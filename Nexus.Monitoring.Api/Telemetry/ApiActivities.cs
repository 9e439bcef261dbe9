using System.Diagnostics;

namespace Nexus.Monitoring.Api.Telemetry;

/// <summary>The API's one source of spans.</summary>
internal static class ApiActivities
{
    public const string SourceName = "Nexus.Monitoring.Api";

    public static ActivitySource Source { get; } = new(SourceName);
}
