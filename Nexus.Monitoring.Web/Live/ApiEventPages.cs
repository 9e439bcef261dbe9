using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Live;

internal sealed class ApiEventPages(IHttpClientFactory clients) : IEventPages
{
    public LogPosition? Until => null;

    private const string PageSize = "1000";

    public async Task<EventsFrame> ReadBackAsync(LogPosition? upto, string? run, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(ReaderBuilderExtensions.HttpClientName);
        var address = PageAddress.With("api/events", ("upto", upto?.ToString()), ("task_id", run), ("limit", PageSize));
        return await http.GetFromJsonAsync(address, MonitoringJson.Context.EventsFrame, cancellationToken)
            ?? throw new HttpRequestException("The API answered without events.");
    }
}
