using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Http.About;
using Nexus.Monitoring.Api.Http.Completion;
using Nexus.Monitoring.Api.Http.Demo;
using Nexus.Monitoring.Api.Http.Demo.Chaos;
using Nexus.Monitoring.Api.Http.Events;
using Nexus.Monitoring.Api.Http.Exports;
using Nexus.Monitoring.Api.Http.Ingest;
using Nexus.Monitoring.Api.Http.OpenApi;
using Nexus.Monitoring.Api.Http.Queues;
using Nexus.Monitoring.Api.Http.Root;
using Nexus.Monitoring.Api.Http.Runs;
using Nexus.Monitoring.Api.Http.Sessions;
using Nexus.Monitoring.Api.Http.Snapshot;
using Nexus.Monitoring.Api.Http.State;
using Nexus.Monitoring.Api.Http.Stats;
using Nexus.Monitoring.Api.Http.Tasks;
using Nexus.Monitoring.Api.Http.Views;
using Nexus.Monitoring.Api.Http.Why;
using Nexus.Monitoring.Api.Http.Workers;
using Nexus.Monitoring.Api.Origins;
using Nexus.Monitoring.Api.SignalR;

namespace Nexus.Monitoring.Api.Http;

internal static class HttpExtensions
{
    public static void AddHttpApi(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HistoryReporter>();
        builder.Services.AddSingleton<InstanceReporter>();
        builder.Services.AddSingleton<OriginPolicy>();
        builder.Services.AddProblemDetails();
        builder.AddApiDescription();
        builder.AddChaos();
        builder.Services.AddCors();
        builder.Services.AddOptions<Microsoft.AspNetCore.Cors.Infrastructure.CorsOptions>()
            .Configure<IOptions<MonitoringApiOptions>>((cors, options) => cors.AddDefaultPolicy(policy => policy
                .WithOrigins([.. options.Value.AllowedOrigins])
                .AllowAnyHeader()
                .AllowAnyMethod()
                .AllowCredentials()));
    }

    /// <summary>What every request goes through, in this order.</summary>
    public static void UseMonitoringApi(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseWebSockets();
        app.UseCors();
        app.UseOriginCheck();
        app.UseHubSockets();
    }

    public static void MapHttpApi(this WebApplication app)
    {
        app.MapRoot();
        app.MapEvents();
        app.MapIngest();
        app.MapDemo();
        app.MapChaos();
        app.MapSnapshot();
        app.MapState();
        app.MapRuns();
        app.MapTasks();
        app.MapWhy();
        app.MapWorkers();
        app.MapQueues();
        app.MapCompletion();
        app.MapStats();
        app.MapAbout();
        app.MapViews();
        app.MapExport();
        app.MapImport();
        app.MapSessions();
        app.MapApiDescription();
    }
}
