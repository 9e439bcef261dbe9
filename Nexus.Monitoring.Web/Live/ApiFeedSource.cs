using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.Live;

/// <summary>The monitoring API: the state over HTTP, the stream over SignalR.</summary>
internal sealed class ApiFeedSource(MonitoringStreamReader stream, MonitoringApiClient api) : IFeedSource
{
    /// <summary>Older events than these are not asked for at start: the state has them, the list need not.</summary>
    private const int Backfill = 1000;

    public StreamConnectionState Connection => stream.State;

    public void TryNow() => stream.TryNow();

    public async Task<LogPosition> FindBeginningAsync(CancellationToken cancellationToken)
    {
        var newest = await api.GetNewestEventsAsync(Backfill, cancellationToken);
        return newest.Events is [{ Cursor: { } oldest }, ..] ? LogPosition.Parse(oldest) : newest.Upto;
    }

    public Task<LiveStateSnapshot> ReadStateAsync(CancellationToken cancellationToken) => api.GetSnapshotAsync(cancellationToken);

    public IAsyncEnumerable<StreamFrame> ReadAsync(LogPosition after, CancellationToken cancellationToken) =>
        stream.ReadAsync(EventFilter.All, after, cancellationToken);
}
