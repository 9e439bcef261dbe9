using System.Globalization;
using System.Net;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Pages;
using Nexus.Monitoring.Web.Query;
using Nexus.Monitoring.Web.Sessions;

namespace Nexus.Monitoring.Web.Stories;

/// <summary>What the history knows of a run.</summary>
/// <param name="Events">In the log's order.</param>
/// <param name="Critical">The tasks that the run waited for, in the order in which it did.</param>
internal sealed record StoredRun(IReadOnlyList<MonitoringEvent> Events, IReadOnlyList<string> Critical)
{
    /// <summary>A run of more events is told without its beginning.</summary>
    private const int MaxPages = 100;

    private const int PageSize = 1_000;

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    public static StoredRun None { get; } = new([], []);

    /// <summary>Nothing where no history is kept or the run is not known.</summary>
    /// <exception cref="ApiProblemException">It cannot be had.</exception>
    public static async Task<StoredRun> ReadAsync(ApiReader api, string runId, string? session, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(api, runId, session, cancellationToken);
        if (answer?.CriticalPath is not { } path)
        {
            return None;
        }

        var found = new Stack<IReadOnlyList<MonitoringEvent>>();
        LogPosition? upto = answer.EndedAt is { } ended ? LogPosition.At(ended + Margin) : null;
        for (var read = 0; read < MaxPages; read++)
        {
            var page = await api.GetAsync(Address(runId, session, answer.StartedAt, upto), MonitoringJson.Context.EventsFrame, cancellationToken);
            found.Push(page.Events);
            if (page.After >= (upto ?? page.Upto) || page.After >= page.Upto)
            {
                break;
            }

            upto = page.After;
        }

        return new StoredRun([.. found.SelectMany(page => page)], [.. path.Select(step => step.Attempt.TaskId)]);
    }

    /// <summary>What a run that goes on waits for as it stands.</summary>
    /// <exception cref="ApiProblemException">It cannot be had.</exception>
    public static async Task<IReadOnlyList<string>> ReadCriticalAsync(
        ApiReader api, string runId, string? session, CancellationToken cancellationToken) =>
        (await AskAsync(api, runId, session, cancellationToken))?.CriticalPath?.Select(step => step.Attempt.TaskId).ToList() ?? [];

    private static async Task<RunAnswer?> AskAsync(ApiReader api, string runId, string? session, CancellationToken cancellationToken)
    {
        try
        {
            return await api.GetAsync(
                PageAddress.With($"api/runs/{Uri.EscapeDataString(runId)}", (ImportedSession.Parameter, session)), StoryJson.Default.RunAnswer, cancellationToken);
        }
        catch (ApiProblemException problem) when (problem.Status is HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable)
        {
            return null;
        }
    }

    private static string Address(string runId, string? session, DateTimeOffset? startedAt, LogPosition? upto) => PageAddress.With(
        "api/events",
        ("q", QueryText.Is("run_id", runId)),
        ("from", startedAt is { } started ? Iso(started - Margin) : "1970-01-01"),
        ("upto", upto?.ToString()),
        (ImportedSession.Parameter, session),
        ("limit", PageSize.ToString(CultureInfo.InvariantCulture)));

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
