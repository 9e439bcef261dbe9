using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Origins;
using Nexus.Monitoring.Api.SignalR;

namespace Nexus.Monitoring.Api.Http;

internal static class HttpExtensions
{
    public static void AddHttpApi(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OriginPolicy>();
        builder.Services.AddProblemDetails();
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
        app.UseHubCapacity();
    }
}
