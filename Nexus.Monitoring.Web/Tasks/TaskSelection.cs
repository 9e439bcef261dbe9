using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Query;
using Nexus.Monitoring.Web.Sessions;

namespace Nexus.Monitoring.Web.Tasks;

/// <summary>Which tasks a list shows, and in which order, as its address says.</summary>
public sealed record TaskSelection
{
    public const string ByChange = "changed";

    public static TaskSelection All { get; } = new();

    public string? Project { get; private init; }

    /// <summary>A valid query; empty for all.</summary>
    public string Text { get; private init; } = "";

    /// <summary>What the address asks for although it is not valid.</summary>
    public string? Wrong { get; private init; }

    public string? Status { get; init; }

    /// <summary>Id of the imported session that it is of; null for what is live.</summary>
    public string? Session { get; init; }

    public string Sort { get; init; } = ByChange;

    public bool IsAscending { get; init; }

    public bool IsAll => this with { Session = null } == All;

    public static TaskSelection From(string? project, string? query, string? status, string? sort, string? order) => new TaskSelection
    {
        Project = string.IsNullOrWhiteSpace(project) ? null : project,
        Status = EventStatuses.All.Contains(status) ? status : null,
        Sort = sort is not null && TaskColumn.All.Any(column => column.Sort == sort) ? sort : ByChange,
        IsAscending = order == "asc",
    }.With(query ?? "");

    public TaskSelection With(string query) => EventQuery.TryParse(query, out _, out _)
        ? this with { Text = query.Trim(), Wrong = null }
        : this with { Text = "", Wrong = query };

    /// <summary>Sorted by this column; by the same once more, the other way round.</summary>
    public TaskSelection SortedBy(string sort) => this with { Sort = sort, IsAscending = sort == Sort && !IsAscending };

    /// <summary>Parameters of the page's address.</summary>
    public (string Name, string? Value)[] ToParameters() =>
    [
        ("project", Project), ("q", Wrong ?? Text), ("status", Status), ("sort", Sort == ByChange ? null : Sort), ("order", IsAscending ? "asc" : null),
        (ImportedSession.Parameter, Session),
    ];

    /// <summary>The same as the API asks for it.</summary>
    public (string Name, string? Value)[] ToQuestion() =>
    [
        ("q", QueryOfAll), ("status", Status), ("sort", Sort), ("order", IsAscending ? "asc" : null), (ImportedSession.Parameter, Session),
    ];

    private string QueryOfAll => Query.QueryText.And(Project is null ? null : Query.QueryText.Is("project_id", Project), Text);
}
