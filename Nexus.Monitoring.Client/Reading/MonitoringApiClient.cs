using System.Net.Http.Json;
using Nexus.Monitoring.Contracts.Frames;
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

    /// <summary>
    /// The newest events, the oldest of them first. Reading the stream from the cursor of any of them brings all that follow it.
    /// </summary>
    /// <param name="limit">At most so many, 1 to 1 000.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="HttpRequestException">The service does not answer, or not with success.</exception>
    public async Task<EventsFrame> GetNewestEventsAsync(int limit, CancellationToken cancellationToken = default) =>
        await _http.GetFromJsonAsync($"api/events?limit={limit}", MonitoringJson.Context.StreamFrame, cancellationToken).ConfigureAwait(false)
            as EventsFrame
        ?? throw new HttpRequestException("The monitoring service answered without events.");
}
