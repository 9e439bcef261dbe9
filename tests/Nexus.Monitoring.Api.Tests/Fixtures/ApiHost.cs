using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Contracts.Log;
using Nexus.ServiceDefaults;

namespace Nexus.Monitoring.Api.Tests.Fixtures;

/// <summary>The whole API on a real Kestrel and a free loopback port, over a log in memory or a real one.</summary>
internal sealed class ApiHost : WebApplicationFactory<Program>
{
    private readonly Dictionary<string, string> _settings = new()
    {
        ["ConnectionStrings:redis"] = "127.0.0.1:1,connectTimeout=100",
        ["urls"] = "http://127.0.0.1:0",
        ["Monitoring:Enabled"] = "false",
        ["Monitoring:LogPollInterval"] = "00:00:00.050",
        ["Monitoring:LogRetryDelay"] = "00:00:00.020",
    };

    private bool _hasRedis;
    private bool _warmsUp;

    private ApiHost()
    {
        // A port given here would be set while the program already starts.
        UseKestrel();
    }

    public MemoryLog Log { get; private init; } = new();

    public Uri Address => ClientOptions.BaseAddress;

    public LogFeed Feed => Services.GetRequiredService<LogFeed>();

    public HttpClient Http { get; private set; } = null!;

    public static Task<ApiHost> StartAsync(MemoryLog? log = null, params (string Key, string Value)[] settings) =>
        StartAsync(new ApiHost { Log = log ?? new MemoryLog() }, settings);

    public static Task<ApiHost> StartOverAsync(IRedisServer redis, params (string Key, string Value)[] settings) =>
        StartAsync(new ApiHost { _hasRedis = true }, [.. settings, ("ConnectionStrings:redis", redis.ConnectionString)]);

    /// <summary>Visits itself first, as it does in production.</summary>
    public static Task<ApiHost> StartWarmAsync() => StartAsync(new ApiHost { _warmsUp = true }, []);

    private static async Task<ApiHost> StartAsync(ApiHost host, (string Key, string Value)[] settings)
    {
        foreach (var (key, value) in settings)
        {
            host._settings[key] = value;
        }

        host.StartServer();
        host.Http = new HttpClient { BaseAddress = host.Address };
        var view = host.Services.GetRequiredService<LiveStateView>();
        await Eventually.IsTrueAsync(() => view.IsReady || host.Log.IsAway, "the log has been read");
        return host;
    }

    public Task<StreamClient> ConnectAsync(string query = "", string? origin = null) => StreamClient.ConnectAsync(this, query, origin);

    /// <summary>Waits until what was appended up to here is in the live state too.</summary>
    public Task FoldsAsync(LogPosition position) => Eventually.IsTrueAsync(
        () => Services.GetRequiredService<LiveStateView>().Read(state => state.Position) >= position, $"the state reaches {position}");

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services =>
        {
            // Tests count the streams that are open.
            if (!_warmsUp)
            {
                services.Remove(services.Single(service => service.ImplementationFactory?.Method.ReturnType == typeof(WarmUp)));
            }

            if (_hasRedis)
            {
                return;
            }

            services.AddSingleton<ILogSource>(Log);
            services.AddSingleton<IEventLogWriter>(Log);
        });
    }

    protected override void Dispose(bool disposing)
    {
        Http?.Dispose();
        base.Dispose(disposing);
    }
}
