using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Nexus.Monitoring.Client.Configuration;

/// <summary>Names this process as OpenTelemetry does, so that an event and a trace of it say the same.</summary>
public static class ProducerIdentity
{
    private const string InstanceAttribute = "service.instance.id=";

    /// <summary><c>service/instance</c>: what <see cref="MonitoringOptions.Source"/> is when nothing says otherwise.</summary>
    /// <param name="configuration">Holds <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c>, if they are set.</param>
    /// <param name="environment">Names the application where they are not.</param>
    public static string Source(IConfiguration configuration, IHostEnvironment environment)
    {
        var service = configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : environment.ApplicationName;
        return $"{service}/{Instance(configuration)}";
    }

    private static string Instance(IConfiguration configuration)
    {
        var attributes = configuration["OTEL_RESOURCE_ATTRIBUTES"]?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        var instance = attributes.FirstOrDefault(attribute => attribute.StartsWith(InstanceAttribute, StringComparison.Ordinal));
        return instance?.Length > InstanceAttribute.Length
            ? Uri.UnescapeDataString(instance[InstanceAttribute.Length..])
            : $"{Environment.MachineName}-{Environment.ProcessId}";
    }
}
