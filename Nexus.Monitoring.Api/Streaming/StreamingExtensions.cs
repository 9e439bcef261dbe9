using Nexus.Monitoring.Api.Telemetry;

namespace Nexus.Monitoring.Api.Streaming;

internal static class StreamingExtensions
{
    public static void AddStreaming(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ApiMetrics>();
        builder.Services.AddSingleton<LogFeed>();
        builder.Services.AddSingleton<SessionSweep>();
        builder.Services.AddSingleton<SessionContext>();
        builder.Services.AddSingleton<StreamCapacity>();
        builder.Services.AddSingleton<LogPager>();
        builder.Services.AddHostedService<StreamShutdown>();
        builder.Services.AddHostedService<MemoryTrim>();
    }
}
