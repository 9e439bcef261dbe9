using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Web.Events;

/// <summary>What an event list shows. Different kinds AND; lives in the address, so that a view can be sent to someone.</summary>
public sealed record EventQuery
{
    public static EventQuery All { get; } = new();

    public string? Project { get; init; }

    public EventCategory? Category { get; init; }

    public string? Type { get; init; }

    /// <summary>Found in run, task, task type, message, error, trace id or worker (<c>w7</c>), in any case.</summary>
    public string? Text { get; init; }

    public bool IsAll => this == All;

    public bool Matches(MonitoringEvent candidate) =>
        (Project is null || candidate.ProjectId == Project)
        && (Type is null || candidate.EventType == Type)
        && (Category is not { } category || EventCategories.Of(candidate.EventType) == category)
        && (Text is null || Contains(candidate, Text));

    /// <summary>Reads the words of an address; what is empty or unknown there means "all".</summary>
    public static EventQuery From(string? project, string? category, string? type, string? text) => new()
    {
        Project = Word(project),
        Category = Enum.TryParse<EventCategory>(category, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null,
        Type = Word(type),
        Text = Word(text),
    };

    private static string? Word(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static bool Contains(MonitoringEvent candidate, string text) =>
        Has(candidate.TaskId, text)
        || Has(candidate.ParentTaskId, text)
        || Has(candidate.TaskType, text)
        || Has(candidate.EventType, text)
        || Has(candidate.Phase, text)
        || Has(candidate.Message, text)
        || Has(candidate.Error, text)
        || Has(candidate.TraceId, text)
        || IsWorker(candidate.WorkerId, text);

    private static bool Has(string? value, string text) => value is not null && value.Contains(text, StringComparison.OrdinalIgnoreCase);

    private static bool IsWorker(int? worker, string text) =>
        worker is { } id && text.Length > 1 && text[0] is 'w' or 'W' && int.TryParse(text.AsSpan(1), out var wanted) && wanted == worker;
}
