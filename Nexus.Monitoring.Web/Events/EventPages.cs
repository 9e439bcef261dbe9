using System.Globalization;
using System.Net;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Formatting;
using Nexus.Monitoring.Web.Pages;
using Nexus.Monitoring.Web.Sessions;

namespace Nexus.Monitoring.Web.Events;

/// <summary>Pages of stored events as one selection wants them. For one list; not thread-safe.</summary>
internal sealed class EventPages(ApiReader api, EventSelection selection, DateTimeOffset now)
{
    private const int PageSize = 200;

    /// <summary>What the log looks through at once, matching or not.</summary>
    private const int LogPageSize = 1_000;

    private const int CatchUpAttempts = 10;

    private static readonly TimeSpan CatchUpDelay = TimeSpan.FromMilliseconds(400);

    /// <summary>Whether no history is kept, so that the list ends where the log does.</summary>
    public bool IsLogOnly { get; private set; }

    /// <summary>The newest events up to a position, newest first; with <paramref name="until"/>, all after that.</summary>
    /// <exception cref="ApiProblemException">They cannot be had.</exception>
    public async Task<ListPart<MonitoringEvent, LogPosition?>> ReadAsync(
        LogPosition? upto, LogPosition? until, CancellationToken cancellationToken)
    {
        List<MonitoringEvent> events = [];
        while (true)
        {
            var frame = await ReadUpToDateAsync(upto, cancellationToken);
            events.AddRange(frame.Events.Reverse().Where(entry => until is null || !(Position(entry) <= until)));
            var isLast = frame.After >= (upto ?? frame.Upto) || frame.After >= frame.Upto;
            // A search may stop sooner than the one before, so it goes on until it has come as far.
            if (isLast || until is null || frame.After <= until)
            {
                return new ListPart<MonitoringEvent, LogPosition?>(events, frame.After, isLast);
            }

            upto = frame.After;
        }
    }

    /// <summary>The history is about a second behind the log: what it does not have yet is asked for again.</summary>
    private async Task<EventsFrame> ReadUpToDateAsync(LogPosition? upto, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var frame = await ReadFrameAsync(upto, cancellationToken);
            if (!(upto > frame.Upto) || IsCaughtUp)
            {
                IsCaughtUp = true;
                return frame;
            }

            if (attempt == CatchUpAttempts)
            {
                throw new ApiProblemException($"The history is behind: it goes up to {Times.Utc.Clock(frame.Upto.Time)} UTC.");
            }

            await Task.Delay(CatchUpDelay, cancellationToken);
        }
    }

    /// <summary>Whether the first page reached as far as it was to; those before it do then.</summary>
    private bool IsCaughtUp { get; set; }

    private async Task<EventsFrame> ReadFrameAsync(LogPosition? upto, CancellationToken cancellationToken)
    {
        if (!IsLogOnly)
        {
            try
            {
                return await AskAsync([.. selection.ToQuestion(), .. Page(upto, PageSize)], cancellationToken);
            }
            catch (ApiProblemException problem) when (problem.Status == HttpStatusCode.ServiceUnavailable && selection.Session is null)
            {
                IsLogOnly = true;
            }
        }

        var frame = await AskAsync([("project_id", selection.Project), .. Page(upto ?? End(), LogPageSize)], cancellationToken);
        var matches = selection.Compile(now);
        return frame with { Events = [.. frame.Events.Where(matches)] };
    }

    /// <summary>One event by its position; null when nobody has it.</summary>
    public static async Task<EventsFrame> ReadOneAsync(
        ApiReader api, LogPosition position, string? session, CancellationToken cancellationToken)
    {
        try
        {
            return await api.GetAsync(
                Address([("from", "1970-01-01"), (ImportedSession.Parameter, session), .. Page(position, 1)]), MonitoringJson.Context.EventsFrame, cancellationToken);
        }
        catch (ApiProblemException problem) when (problem.Status == HttpStatusCode.ServiceUnavailable && session is null)
        {
            return await api.GetAsync(Address(Page(position, 1)), MonitoringJson.Context.EventsFrame, cancellationToken);
        }
    }

    private static LogPosition Position(MonitoringEvent entry) =>
        LogPosition.TryParse(entry.Cursor, out var position) ? position : LogPosition.End;

    private Task<EventsFrame> AskAsync((string, string?)[] parameters, CancellationToken cancellationToken) =>
        api.GetAsync(Address(parameters), MonitoringJson.Context.EventsFrame, cancellationToken);

    private LogPosition? End() =>
        (selection.Until ?? selection.Range.To) is { } end ? LogPosition.At(end) with { Sequence = ulong.MaxValue } : null;

    private static (string Name, string? Value)[] Page(LogPosition? upto, int limit) =>
        [("upto", upto?.ToString()), ("limit", limit.ToString(CultureInfo.InvariantCulture))];

    private static string Address((string, string?)[] parameters) => PageAddress.With("api/events", parameters);
}
