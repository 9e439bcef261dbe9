using System.Globalization;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;
using Nexus.Monitoring.Web.Pages;
using Nexus.Monitoring.Web.Query;
using Nexus.Monitoring.Web.Sessions;

namespace Nexus.Monitoring.Web.Events;

/// <summary>What an event list shows, as its address says; the same for live events, for stored ones and for an export.</summary>
public sealed record EventSelection
{
    public const string QueryParameter = "q";
    public const string UntilParameter = "until";

    public static EventSelection All { get; } = new();

    public string? Project { get; init; }

    public EventQuery Query { get; private init; } = EventQuery.All;

    /// <summary>The query as it was written.</summary>
    public string Text { get; private init; } = "";

    /// <summary>What is wrong with the query of the address; then everything is shown.</summary>
    public QueryError? Problem { get; private init; }

    /// <summary>By the log's clock.</summary>
    public TimeRange Range { get; init; } = TimeRange.Everything;

    /// <summary>Shown is what had reached the log by then.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The imported session that it is of; null for what is live.</summary>
    public ImportedSession? Session { get; init; }

    /// <summary>Whether events that arrive now belong to it.</summary>
    public bool IsLive => Until is null && Range.EndsNow && Session is null;

    public bool IsAll => Query.MatchesAll && Project is null && Range == TimeRange.Everything && Until is null;

    /// <summary>Reads the words of an address, also those that it had before it knew queries.</summary>
    public static EventSelection From(string? project, string? query, TimeRange? range = null, DateTimeOffset? until = null) =>
        new EventSelection { Project = Word(project), Range = range ?? TimeRange.Everything, Until = until }.With(query ?? "");

    /// <summary>The query that the parameters <c>category</c>, <c>type</c> and <c>text</c> of older addresses mean.</summary>
    public static string OfOldWords(string? category, string? type, string? text) => QueryText.And(
        Category(category),
        Word(type) is { } wanted ? QueryText.Is("event_type", wanted) : null,
        Word(text) is { } words ? QueryText.OfSearch(words) : null);

    public EventSelection With(string query) => EventQuery.TryParse(query, out var parsed, out var problem)
        ? this with { Query = parsed, Text = query.Trim(), Problem = null }
        : this with { Query = EventQuery.All, Text = "", Problem = problem };

    public Func<MonitoringEvent, bool> Compile(DateTimeOffset now)
    {
        var (project, matches) = (Project, Query.Compile(now));
        var from = Range.At(now).From;
        var isWhole = Range == TimeRange.Everything;
        return e => (project is null || e.ProjectId == project)
            && (isWhole || (LogPosition.TryParse(e.Cursor, out var at) && at.Time >= from))
            && matches(e);
    }

    /// <summary>Parameters of the page's address.</summary>
    public (string Name, string? Value)[] ToParameters() =>
    [
        ("project", Project),
        (QueryParameter, Text),
        .. Range.ToParameters(TimeRange.Everything),
        (UntilParameter, Until is { } until ? Iso(until) : null),
        (ImportedSession.Parameter, Session?.Id),
    ];

    /// <summary>The same as the API asks for it. There is always a period, because only then the history is asked and not the log alone.</summary>
    public (string Name, string? Value)[] ToQuestion()
    {
        var period = Range.ToQuestion().ToDictionary(pair => pair.Name, pair => pair.Value);
        if (Session is { } session && Range.EndsNow)
        {
            // What is imported has its own present: where it ends.
            period[TimeRange.FromParameter] = Iso(Range.At(session.End.Time).From);
        }

        var to = Until is { } until ? Iso(until) : period.GetValueOrDefault(TimeRange.ToParameter);
        return
        [
            ("project_id", Project), (QueryParameter, Text), (TimeRange.FromParameter, period[TimeRange.FromParameter]), (TimeRange.ToParameter, to),
            (ImportedSession.Parameter, Session?.Id),
        ];
    }

    /// <summary>Reads a time of an address; null when it is none.</summary>
    public static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    private static string? Category(string? category) => category?.ToLowerInvariant() switch
    {
        "task" or "run" or "phase" or "worker" or "alert" => $"event_type:{category.ToLowerInvariant()}_*",
        "stats" => $"event_type:({string.Join(" OR ", EventTypes.All.Where(EventTypes.IsStats))})",
        "other" => "NOT event_type:(task_* OR run_* OR phase_* OR worker_* OR alert_*)",
        _ => null,
    };

    private static string? Word(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
