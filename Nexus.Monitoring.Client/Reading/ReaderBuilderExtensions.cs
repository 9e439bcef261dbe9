using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

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
    /// <returns>The HTTP client's builder, for handlers of your own.</returns>
    public static IHttpClientBuilder AddNexusMonitoringReader(this IHostApplicationBuilder builder, Uri baseAddress)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(baseAddress);
        if (!baseAddress.IsAbsoluteUri)
        {
            throw new ArgumentException($"baseAddress is '{baseAddress}'; an absolute address is needed, such as http://localhost:8000.", nameof(baseAddress));
        }

        var root = baseAddress.AbsoluteUri.EndsWith('/') ? baseAddress : new Uri(baseAddress.AbsoluteUri + "/");
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IStreamConnector>(provider => new HubConnector(
            root, HttpClientName, provider.GetRequiredService<IHttpMessageHandlerFactory>()));
        services.TryAddTransient(provider => new MonitoringStreamReader(
            provider.GetRequiredService<IStreamConnector>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<MonitoringStreamReader>>()));
        services.TryAddTransient(provider => new MonitoringApiClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName)));
        return services.AddHttpClient(HttpClientName, http => http.BaseAddress = root);
    }
}
