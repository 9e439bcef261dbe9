using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Web.Hosting;
using Nexus.Monitoring.Web.Live;
using Nexus.ServiceDefaults;

namespace Nexus.Web.Browser.Tests.Hosting;

/// <summary>The real dashboard on a free port, reading from the API at a given address.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DashboardHost(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public ILiveFeed Feed => _app.Services.GetRequiredService<LiveFeed>();

    public static async Task<DashboardHost> StartAsync(Uri api, int port = 0)
    {
        var output = OutputOfWeb();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "Nexus.Monitoring.Web",
            ContentRootPath = Path.Combine(RepositoryRoot.Path, "Nexus.Monitoring.Web"),
            EnvironmentName = "Development",
        });
        builder.WebHost.UseSetting(WebHostDefaults.StaticWebAssetsKey, Path.Combine(output, "Nexus.Monitoring.Web.staticwebassets.runtime.json"));
        builder.WebHost.UseStaticWebAssets();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Logging:LogLevel:Default", "Warning"),
            new("Monitoring:TraceUrlTemplate", "http://localhost:18888/traces/detail/{traceId}"),
            new("Monitoring:ApiUrl", api.ToString()),
        ]);
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.AddServiceDefaults();
        builder.AddDashboard();
        var app = builder.Build();
        app.MapDashboard(Path.Combine(output, "Nexus.Monitoring.Web.staticwebassets.endpoints.json"));
        await app.StartAsync();
        return new DashboardHost(app);
    }

    /// <summary>Static files are listed beside the dashboard's own program, built in the same configuration as these tests.</summary>
    private static string OutputOfWeb()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(RepositoryRoot.Path, "Nexus.Monitoring.Web", "bin", framework.Parent!.Name, framework.Name);
    }

    /// <summary>Stopped first: circuits of browsers that are still open end while what they are made of is there.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
