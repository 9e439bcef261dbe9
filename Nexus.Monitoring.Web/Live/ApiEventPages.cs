using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Live;

internal sealed class ApiEventPages(ApiReader api) : IEventPages
{
    public LogPosition? Until => null;

    private const string PageSize = "1000";

    public Task<EventsFrame> ReadBackAsync(LogPosition? upto, string? run, CancellationToken cancellationToken) => api.GetAsync(
        PageAddress.With("api/events", ("upto", upto?.ToString()), ("task_id", run), ("limit", PageSize)),
        MonitoringJson.Context.EventsFrame,
        cancellationToken);
}
