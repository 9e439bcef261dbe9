using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Monitoring.Client.Configuration;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>Adds readers of the stream.</summary>
public static class ReaderBuilderExtensions
{
    /// <summary>Name of the HTTP client through which all requests go, those of the stream included; configure it to add credentials.</summary>
    public const string HttpClientName = "Nexus.Monitoring";

    /// <summary>
    /// Adds <see cref="MonitoringStreamReader"/>, a new one each time it is asked for, and <see cref="MonitoringApiClient"/>.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="baseAddress">
    /// Where the monitoring service is, for example <c>http://localhost:8000</c>; or its name, <c>http://monitoring-api</c>, if service
    /// discovery is added to the application's HTTP clients.
    /// </param>
    /// <param name="transport">How the readers are connected.</param>
    /// <returns>The HTTP client's builder, for handlers of your own.</returns>
    public static IHttpClientBuilder AddNexusMonitoringReader(
        this IHostApplicationBuilder builder, Uri baseAddress, StreamTransport transport = StreamTransport.SignalR)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var root = BaseAddress.Check(baseAddress);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new StreamSockets(
            root, HttpClientName, provider.GetRequiredService<IHttpMessageHandlerFactory>()));
        services.TryAddSingleton<IStreamConnector>(provider => transport == StreamTransport.WebSocket
            ? new WebSocketConnector(provider.GetRequiredService<StreamSockets>())
            : new HubConnector(provider.GetRequiredService<StreamSockets>()));
        services.TryAddTransient(provider => new MonitoringStreamReader(
            provider.GetRequiredService<IStreamConnector>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<MonitoringStreamReader>>()));
        services.TryAddSingleton(provider => new MonitoringReplays(provider.GetRequiredService<StreamSockets>()));
        services.TryAddTransient(provider => new MonitoringApiClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName)));
        return services.AddHttpClient(HttpClientName, http => http.BaseAddress = root);
    }
}
