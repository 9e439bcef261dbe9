using Nexus.Monitoring.Api.Telemetry;

namespace Nexus.Monitoring.Api.Log;

internal static class LogExtensions
{
    /// <summary>Adds the tail of the log and what reads behind it.</summary>
    public static void AddEventLog(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ILogSource, RedisLogSource>();
        builder.Services.AddSingleton<LogServer>();
        builder.Services.AddSingleton<OlderEntries>();
        builder.Services.AddSingleton<EntryDecoder>();
        builder.Services.AddSingleton<SkippedEntries>();
        builder.Services.AddSingleton<LogTailState>();
        builder.Services.AddSingleton<EventSpans>();
        builder.Services.AddHostedService<LogTail>();
        builder.Services.AddHealthChecks().AddCheck<LogHealthCheck>("log");
    }
}
