using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Hosting;

namespace Nexus.ServiceDefaults;

/// <summary>What the services log when nobody says otherwise: their own news, and only the troubles of the framework.</summary>
internal static class LoggingDefaults
{
    private static readonly Dictionary<string, string?> Levels = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
        ["Logging:LogLevel:Polly"] = "Warning",
        // Whoever asks for /health is told; a service that starts or waits would fill its log with the same sentence.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
        // The services say once when Redis is away, why, and when it is back; its client would say it several times a second, with stack traces.
        ["Logging:LogLevel:StackExchange.Redis"] = "None",
    };

    /// <summary>Goes before every other source of configuration, so that a file, a variable or an argument wins.</summary>
    public static void AddLoggingDefaults(this IHostApplicationBuilder builder) =>
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Levels });
}
