using System.Net.Http.Json;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>Asks the monitoring service for how things stand. Thread-safe.</summary>
public sealed class MonitoringApiClient
{
    private readonly HttpClient _http;

    internal MonitoringApiClient(HttpClient http) => _http = http;

    /// <summary>
    /// The live state as of its position. Reading the stream from that position and folding it in keeps the state live without a gap.
    /// </summary>
    /// <exception cref="HttpRequestException">The service does not answer, or not with success.</exception>
    public async Task<LiveStateSnapshot> GetSnapshotAsync(CancellationToken cancellationToken = default) =>
        await _http.GetFromJsonAsync("api/snapshot", MonitoringJson.Context.LiveStateSnapshot, cancellationToken).ConfigureAwait(false)
        ?? throw new HttpRequestException("The monitoring service answered without a snapshot.");
}
