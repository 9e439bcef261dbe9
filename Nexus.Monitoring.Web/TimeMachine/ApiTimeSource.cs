using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.TimeMachine;

/// <summary>The monitoring API's time machine.</summary>
internal sealed class ApiTimeSource(MonitoringApiClient api, MonitoringReplays replays, IHttpClientFactory clients) : ITimeSource
{
    /// <summary>Before every event.</summary>
    private const string Ever = "1970-01-01";

    public Task<LiveStateSnapshot> ReadStateAsync(TimeAddress at, CancellationToken cancellationToken) =>
        at.Position is { } position ? api.GetStateAsync(position, cancellationToken) : api.GetStateAsync(at.Time, cancellationToken);

    public async Task<EventsFrame> ReadBackAsync(LogPosition upto, int limit, CancellationToken cancellationToken)
    {
        // The log answers about what it still holds; further back, the history does, which is a second behind at its newest end.
        var page = await ReadAsync(cancellationToken, ("upto", $"{upto}"), ("limit", $"{limit}"));
        return page.Events.Count > 0 ? page : await ReadAsync(cancellationToken, ("upto", $"{upto}"), ("limit", $"{limit}"), ("from", Ever));
    }

    public async Task<LogPosition?> NextAsync(LogPosition after, CancellationToken cancellationToken)
    {
        var page = await ReadAsync(cancellationToken, ("cursor", $"{after}"), ("limit", "1"));
        return page.Events is [var next, ..] && LogPosition.TryParse(next.Cursor, out var position) ? position : null;
    }

    public async Task<ITimeReplay> ReplayAsync(LogPosition after, double speed, CancellationToken cancellationToken) =>
        new Replay(await replays.OpenAsync(EventFilter.All, after, speed, cancellationToken));

    private async Task<EventsFrame> ReadAsync(CancellationToken cancellationToken, params (string, string?)[] parameters)
    {
        using var http = clients.CreateClient(ReaderBuilderExtensions.HttpClientName);
        return await http.GetFromJsonAsync(PageAddress.With("api/events", parameters), MonitoringJson.Context.EventsFrame, cancellationToken)
            ?? throw new HttpRequestException("The API answered without events.");
    }

    private sealed class Replay(MonitoringReplay replay) : ITimeReplay
    {
        public IAsyncEnumerable<StreamFrame> ReadAsync(CancellationToken cancellationToken) => replay.ReadAsync(cancellationToken);

        public Task SetSpeedAsync(double speed, CancellationToken cancellationToken) => replay.SetSpeedAsync(speed, cancellationToken);

        public ValueTask DisposeAsync() => replay.DisposeAsync();
    }
}
