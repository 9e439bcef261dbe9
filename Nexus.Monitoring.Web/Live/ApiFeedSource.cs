using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.Live;

/// <summary>The monitoring API: the state over HTTP, the stream over SignalR.</summary>
internal sealed class ApiFeedSource(MonitoringStreamReader stream, MonitoringApiClient api, ApiEventPages pages) : IFeedSource
{
    public StreamConnectionState Connection => stream.State;

    public void TryNow() => stream.TryNow();

    public Task<LiveStateSnapshot> ReadStateAsync(CancellationToken cancellationToken) => api.GetSnapshotAsync(cancellationToken);

    public Task<EventsFrame> ReadBackAsync(LogPosition upto, CancellationToken cancellationToken) =>
        pages.ReadBackAsync(upto, run: null, cancellationToken);

    public IAsyncEnumerable<StreamFrame> ReadAsync(LogPosition after, CancellationToken cancellationToken) =>
        stream.ReadAsync(EventFilter.All, after, cancellationToken);
}
