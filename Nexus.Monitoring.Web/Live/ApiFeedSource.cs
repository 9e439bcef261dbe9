using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.Live;

/// <summary>The monitoring API: the state over HTTP, the stream over SignalR.</summary>
internal sealed class ApiFeedSource(MonitoringStreamReader stream, MonitoringApiClient api, IHttpClientFactory clients) : IFeedSource
{
    private const int PageSize = 1_000;

    public StreamConnectionState Connection => stream.State;

    public void TryNow() => stream.TryNow();

    public Task<LiveStateSnapshot> ReadStateAsync(CancellationToken cancellationToken) => api.GetSnapshotAsync(cancellationToken);

    public async Task<EventsFrame> ReadBackAsync(LogPosition upto, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(ReaderBuilderExtensions.HttpClientName);
        return await http.GetFromJsonAsync($"api/events?upto={upto}&limit={PageSize}", MonitoringJson.Context.EventsFrame, cancellationToken)
            ?? throw new HttpRequestException("The API answered without events.");
    }

    public IAsyncEnumerable<StreamFrame> ReadAsync(LogPosition after, CancellationToken cancellationToken) =>
        stream.ReadAsync(EventFilter.All, after, cancellationToken);
}
