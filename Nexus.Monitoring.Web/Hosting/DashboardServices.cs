using Microsoft.Extensions.Options;
using Nexus.Monitoring.Web.Live;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Hosting;

/// <summary>What the dashboard is made of.</summary>
internal static class DashboardServices
{
    public static void AddDashboard(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddSingleton<IValidateOptions<WebOptions>, WebOptionsValidator>();
        services.AddOptions<WebOptions>().BindConfiguration(WebOptions.Section).ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<ILiveFeed>(provider => provider.GetRequiredService<LiveFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<LiveFeed>());
        services.AddHealthChecks().AddCheck<FeedHealthCheck>("stream");
        services.AddSingleton<TraceLinks>();
        services.AddScoped<PageVisibility>();
        services.AddScoped<ViewPause>();
    }
}
