using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.Http.Events;

/// <summary>A filter in the words of a query.</summary>
internal static class QueryFilters
{
    public static EventQuery ToQuery(EventFilter filter)
    {
        List<QueryNode> parts = [];
        if (filter.ProjectIds.Count > 0)
        {
            parts.Add(AnyOf("project_id", filter.ProjectIds));
        }

        if (filter.TaskIds.Count > 0)
        {
            parts.Add(new OrNode([AnyOf("task_id", filter.TaskIds), AnyOf("parent_task_id", filter.TaskIds)]));
        }

        if (filter.EventTypes.Count > 0)
        {
            parts.Add(AnyOf("event_type", filter.EventTypes));
        }

        if (filter.StatsOnly)
        {
            parts.Add(AnyOf("event_type", [EventTypes.StatsSnapshot, EventTypes.QueueDepthUpdate]));
        }

        if (filter.Query.Root is { } root)
        {
            parts.Add(root);
        }

        return All(parts);
    }

    /// <summary>Both the query and each of these tests that is not null.</summary>
    public static EventQuery And(EventQuery query, params IEnumerable<QueryNode?> tests) =>
        All([.. new[] { query.Root }.Concat(tests).OfType<QueryNode>()]);

    /// <summary>The field has this value; null without one.</summary>
    public static QueryNode? Equal(string name, string? value) => value is null ? null : AnyOf(name, [value]);

    private static EventQuery All(List<QueryNode> parts) => parts.Count switch
    {
        0 => EventQuery.All,
        1 => new EventQuery(parts[0]),
        _ => new EventQuery(new AndNode(parts)),
    };

    private static FieldNode AnyOf(string name, IReadOnlyList<string> values)
    {
        QueryField.TryFind(name, out var field);
        List<FieldTest> tests = [.. values.Select(value => new EqualTest(new TextValue(value)))];
        return new FieldNode(field!, tests.Count == 1 ? tests[0] : new AnyOfTest(tests));
    }
}
