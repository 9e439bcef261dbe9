using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.TimeMachine;

internal static class TimeMachineServices
{
    /// <summary>Adds each viewer's own time, and the feed as seen from there.</summary>
    public static void AddTimeMachine(this IServiceCollection services)
    {
        services.AddSingleton<ITimeSource, ApiTimeSource>();
        services.AddSingleton<TimeViewLimit>();
        services.AddSingleton<DensitySource>();
        services.AddScoped<TimeView>();
        services.AddScoped<ILiveFeed, ViewFeed>();
        services.AddScoped<IEventPages, ViewPages>();
    }
}
