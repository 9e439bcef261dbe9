using System.Diagnostics.CodeAnalysis;

namespace Nexus.Monitoring.Contracts.Query;

/// <summary>A field that a query can name. Immutable; equal when the names are.</summary>
/// <param name="Name">As the wire spells it; of a path, <c>meta.model.name</c>.</param>
/// <param name="Kind">What it holds.</param>
public sealed record QueryField(string Name, QueryFieldKind Kind)
{
    /// <summary>Most parts of a path below <c>meta</c>.</summary>
    public const int MaxPathLength = 8;

    private static readonly string[] Roots = ["meta", "counts", "queue"];

    /// <summary>Short names that people use.</summary>
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["type"] = "event_type",
        ["project"] = "project_id",
        ["run"] = "run_id",
        ["task"] = "task_id",
        ["worker"] = "worker_id",
        ["duration"] = "duration_ms",
        ["retries"] = "retry_count",
        ["trace"] = "trace_id",
    };

    private static readonly Dictionary<string, QueryField> ByName = All.ToDictionary(field => field.Name, StringComparer.Ordinal);

    /// <summary>Every field with a name of its own; besides them, paths below <c>meta.</c>, <c>counts.</c> and <c>queue.</c></summary>
    public static IReadOnlyList<QueryField> All => Known.Fields;

    /// <summary>The keys below <c>meta</c>, <c>counts</c> or <c>queue</c>, that one first; empty for every other field.</summary>
    public IReadOnlyList<string> Path => Kind == QueryFieldKind.Json ? Name.Split('.') : [];

    /// <summary>Finds a field by its name or a short form of it.</summary>
    /// <param name="name">Such as <c>event_type</c>, <c>type</c> or <c>meta.model</c>; letter case counts.</param>
    /// <param name="field">The field, when the answer is true.</param>
    public static bool TryFind(string name, [NotNullWhen(true)] out QueryField? field)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (ByName.TryGetValue(Aliases.GetValueOrDefault(name, name), out field))
        {
            return true;
        }

        var parts = name.Split('.');
        var isPath = parts.Length is > 1 and <= MaxPathLength + 1
            && Roots.Contains(parts[0], StringComparer.Ordinal)
            && Array.TrueForAll(parts, IsKey)
            && (parts[0] == "meta" || parts.Length == 2);
        field = isPath ? new QueryField(name, QueryFieldKind.Json) : null;
        return isPath;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static bool IsKey(string part) => part.Length > 0 && part.All(c => char.IsLetterOrDigit(c) || c is '_' or '-');

    private static class Known
    {
        public static readonly QueryField[] Fields =
        [
            new("event_id", QueryFieldKind.Keyword),
            new("ts", QueryFieldKind.Time),
            new("event_type", QueryFieldKind.Keyword),
            new("project_id", QueryFieldKind.Keyword),
            new("run_id", QueryFieldKind.Keyword),
            new("parent_task_id", QueryFieldKind.Keyword),
            new("task_id", QueryFieldKind.Keyword),
            new("task_type", QueryFieldKind.Keyword),
            new("phase", QueryFieldKind.Keyword),
            new("status", QueryFieldKind.Keyword),
            new("message", QueryFieldKind.Text),
            new("error", QueryFieldKind.Text),
            new("worker_id", QueryFieldKind.Number),
            new("retry_count", QueryFieldKind.Number),
            new("duration_ms", QueryFieldKind.Duration),
            new("trace_id", QueryFieldKind.Keyword),
            new("span_id", QueryFieldKind.Keyword),
            new("parent_span_id", QueryFieldKind.Keyword),
            new("source", QueryFieldKind.Keyword),
        ];
    }
}
