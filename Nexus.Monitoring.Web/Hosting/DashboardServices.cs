using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Web.About;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Components.Boards;
using Nexus.Monitoring.Web.Events;
using Nexus.Monitoring.Web.Interop;
using Nexus.Monitoring.Web.Live;
using Nexus.Monitoring.Web.Pages;
using Nexus.Monitoring.Web.Preferences;
using Nexus.Monitoring.Web.Query;
using Nexus.Monitoring.Web.Search;
using Nexus.Monitoring.Web.Sessions;
using Nexus.Monitoring.Web.TimeMachine;
using Nexus.Monitoring.Web.Views;
using Nexus.ServiceDefaults;

namespace Nexus.Monitoring.Web.Hosting;

/// <summary>What the dashboard is made of.</summary>
internal static class DashboardServices
{
    public static void AddDashboard(this IHostApplicationBuilder builder)
    {
        // Without it a program that was built and not published lets no browser keep a file, whatever the name says of its content.
        builder.Configuration["EnableStaticAssetsDevelopmentCaching"] ??= "true";
        var services = builder.Services;
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddSingleton<IValidateOptions<WebOptions>, WebOptionsValidator>();
        services.AddOptions<WebOptions>().BindConfiguration(WebOptions.Section).ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
#pragma warning disable EXTEXP0001 // Marked experimental, and the only way to take back what the defaults add
        // The feed retries by itself, and says how often: retries inside one attempt would hide that, and hold it up.
        builder.AddNexusMonitoringReader(ApiAddress.From(builder.Configuration)).RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        services.AddSingleton<ApiReader>();
        services.AddSingleton<SharedAnswers>();
        services.AddSingleton<ApiEventPages>();
        services.AddSingleton<IFeedSource, ApiFeedSource>();
        services.AddSingleton<LiveFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveFeed>());
        services.AddHostedService(provider => new WarmUp(
            provider.GetRequiredService<IServer>(),
            provider.GetRequiredService<IHostApplicationLifetime>(),
            () => provider.GetRequiredService<LiveFeed>().Status.Phase == FeedPhase.Live,
            async (address, cancellationToken) =>
            {
                using var http = new HttpClient();
                await http.GetStringAsync(new Uri(address, PageAddress.Overview), cancellationToken);
            }));
        services.AddHealthChecks().AddCheck<FeedHealthCheck>("stream");
        services.AddSingleton<IFieldValues>(provider => new LiveFieldValues(provider.GetRequiredService<LiveFeed>()));
        services.AddSingleton<ExportWatch>();
        services.AddSingleton<OpenBrowsers>();
        services.AddSingleton<CircuitHandler>(provider => provider.GetRequiredService<OpenBrowsers>());
        services.AddScoped<BrowserLink>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<BrowserLink>());
        services.AddScoped<BrowserMeter>();
        services.AddSingleton<TraceLinks>();
        services.AddTimeMachine();
        services.AddSingleton<SharedViews>();
        services.AddHostedService(provider => provider.GetRequiredService<SharedViews>());
        services.AddSingleton<ImportedSessions>();
        services.AddScoped<SessionView>();
        services.AddScoped<PlaceFinder>();
        services.AddScoped<PinRequests>();
        services.AddScoped<DrawingTurns>();
        services.AddScoped<ViewerTimes>();
        services.AddTransient(provider => provider.GetRequiredService<ViewerTimes>().Times);
        services.AddScoped<PageVisibility>();
        services.AddScoped<ViewPause>();
    }
}
