using System.Text.Json;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Api;

internal static class ApiJson
{
    /// <summary>The serialisers to use: with the escaping of the wire.</summary>
    public static ApiJsonContext Context { get; } =
        new(new JsonSerializerOptions(ApiJsonContext.Default.Options) { Encoder = MonitoringJson.Encoder });
}
