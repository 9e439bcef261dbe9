using System.Globalization;
using System.Net;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Events;

/// <summary>Pages of stored events as one selection wants them. For one list; not thread-safe.</summary>
internal sealed class EventPages(ApiReader api, EventSelection selection, DateTimeOffset now)
{
    private const int PageSize = 200;

    /// <summary>What the log looks through at once, matching or not.</summary>
    private const int LogPageSize = 1_000;

    /// <summary>Whether no history is kept, so that the list ends where the log does.</summary>
    public bool IsLogOnly { get; private set; }

    /// <exception cref="ApiProblemException">They cannot be had.</exception>
    public async Task<EventsFrame> ReadAsync(LogPosition? upto, CancellationToken cancellationToken)
    {
        if (!IsLogOnly)
        {
            try
            {
                return await AskAsync([.. selection.ToQuestion(), .. Page(upto, PageSize)], cancellationToken);
            }
            catch (ApiProblemException problem) when (problem.Status == HttpStatusCode.ServiceUnavailable)
            {
                IsLogOnly = true;
            }
        }

        upto ??= End();
        var frame = await AskAsync([("project_id", selection.Project), .. Page(upto, LogPageSize)], cancellationToken);
        var matches = selection.Compile(now);
        return frame with { Events = [.. frame.Events.Where(matches)] };
    }

    /// <summary>One event by its position; null when nobody has it.</summary>
    public static async Task<EventsFrame> ReadOneAsync(ApiReader api, LogPosition position, CancellationToken cancellationToken)
    {
        try
        {
            return await api.GetAsync(Address([("from", "1970-01-01"), .. Page(position, 1)]), MonitoringJson.Context.EventsFrame, cancellationToken);
        }
        catch (ApiProblemException problem) when (problem.Status == HttpStatusCode.ServiceUnavailable)
        {
            return await api.GetAsync(Address(Page(position, 1)), MonitoringJson.Context.EventsFrame, cancellationToken);
        }
    }

    private Task<EventsFrame> AskAsync((string, string?)[] parameters, CancellationToken cancellationToken) =>
        api.GetAsync(Address(parameters), MonitoringJson.Context.EventsFrame, cancellationToken);

    private LogPosition? End() => (selection.Until ?? selection.Range.To) is { } end ? LogPosition.At(end) with { Sequence = ulong.MaxValue } : null;

    private static (string Name, string? Value)[] Page(LogPosition? upto, int limit) =>
        [("upto", upto?.ToString()), ("limit", limit.ToString(CultureInfo.InvariantCulture))];

    private static string Address((string, string?)[] parameters) => PageAddress.With("api/events", parameters);
}
