using System.Text.RegularExpressions;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Live;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Search;

/// <summary>
/// Where somebody wants to go who pastes an id: to the run, the task or the worker that has it, or to what a trace is of. First in what
/// this process has in memory, then in the state and the history of the API.
/// </summary>
internal sealed partial class PlaceFinder(ILiveFeed feed, ApiReader api)
{
    private const int MaxId = 256;
    private const string MostEvents = "1000";

    /// <returns>An address; null where nothing has this id, so that it is text to search for.</returns>
    public async Task<string?> FindAsync(string? text, CancellationToken cancellationToken)
    {
        var id = text?.Trim() ?? "";
        if (id.Length is < 2 or > MaxId || id.Any(c => char.IsWhiteSpace(c) || c is '"' or '*' or '(' or ')'))
        {
            return null;
        }

        if (Worker().Match(id) is { Success: true } worker)
        {
            return PageAddress.OfWorker(int.Parse(worker.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
        }

        if (Traceparent().Match(id) is { Success: true } parent)
        {
            return await OfTraceAsync(parent.Groups[1].Value, parent.Groups[2].Value, cancellationToken);
        }

        return InMemory(id)
            ?? await OfRunAsync(id, cancellationToken)
            ?? await OfTaskAsync(id, cancellationToken)
            ?? (Trace().IsMatch(id) ? await OfTraceAsync(id, null, cancellationToken) : null);
    }

    /// <summary>Of its events: the one task, or the run, that they are of; of a span the task that emitted it.</summary>
    internal static string? Of(IEnumerable<MonitoringEvent> trace, string? span)
    {
        var events = trace.ToList();
        var tasks = events.Where(e => e.TaskId is not null && e.TaskId != e.RunId && (span is null || e.SpanId == span || e.ParentSpanId == span))
            .DistinctBy(e => e.TaskId).Take(2).ToList();
        return tasks switch
        {
            [{ TaskId: { } task } only] => OfTask(task, only.RunId),
            _ when events.Find(e => e.RunId is not null) is { RunId: { } run } => PageAddress.OfRun(run),
            [{ TaskId: { } task } first, ..] => OfTask(task, first.RunId),
            _ => null,
        };
    }

    private static string OfTask(string task, string? run) => run is null ? PageAddress.OfTask(task) : PageAddress.OfRun(run, task);

    private string? InMemory(string id)
    {
        if (feed.Board(null)?.Runs.Any(run => run.Id == id) == true)
        {
            return PageAddress.OfRun(id);
        }

        return feed.Events.Find(e => e.TaskId == id && e.TaskId != e.RunId) is { } ofTask ? OfTask(id, ofTask.RunId)
            : feed.Events.Find(e => e.RunId == id) is not null ? PageAddress.OfRun(id)
            : null;
    }

    private async Task<string?> OfRunAsync(string id, CancellationToken cancellationToken) =>
        await OrNullAsync(async () => await api.GetAsync($"api/runs/{Uri.EscapeDataString(id)}", MonitoringJson.Context.RunState, cancellationToken))
            is { RunId: var run } ? PageAddress.OfRun(run) : null;

    private async Task<string?> OfTaskAsync(string id, CancellationToken cancellationToken) =>
        await OrNullAsync(async () => await api.GetAsync($"api/tasks/{Uri.EscapeDataString(id)}", MonitoringJson.Context.TaskState, cancellationToken))
            is { TaskId: var task, RunId: var run } ? OfTask(task, run) : null;

    private async Task<string?> OfTraceAsync(string trace, string? span, CancellationToken cancellationToken)
    {
        var known = feed.Events;
        var recent = new List<MonitoringEvent>();
        for (var i = known.Start; i < known.End; i++)
        {
            if (string.Equals(known[i].TraceId, trace, StringComparison.OrdinalIgnoreCase))
            {
                recent.Add(known[i]);
            }
        }

        var address = PageAddress.With(
            "api/events", ("q", $"trace_id:{trace.ToLowerInvariant()}"), ("from", "-30d"), ("limit", MostEvents));
        var older = await OrNullAsync(async () => await api.GetAsync(address, MonitoringJson.Context.EventsFrame, cancellationToken));
        var stored = older?.Events.Where(e => string.Equals(e.TraceId, trace, StringComparison.OrdinalIgnoreCase)) ?? [];
        return Of([.. recent, .. stored], span);
    }

    /// <summary>Nothing has this id, or nobody can say: both leave the search as it is.</summary>
    private static async Task<T?> OrNullAsync<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (ApiProblemException)
        {
            return null;
        }
    }

    [GeneratedRegex("^w(?:orker)?-?([0-9]{1,9})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Worker();

    [GeneratedRegex("^[0-9a-f]{32}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Trace();

    /// <seealso href="https://www.w3.org/TR/trace-context/"/>
    [GeneratedRegex("^(?:00-)?([0-9a-f]{32})-([0-9a-f]{16})(?:-[0-9a-f]{2})?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Traceparent();
}
