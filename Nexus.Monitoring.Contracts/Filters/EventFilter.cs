using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Contracts.Filters;

/// <summary>
/// Which events a reader wants. Different kinds AND, values of one kind OR; an event without the field does not match.
/// Immutable; equal filters are equal values, so that their readers can share what is sent.
/// </summary>
public sealed class EventFilter : IEquatable<EventFilter>
{
    /// <summary>Most values of one kind.</summary>
    public const int MaxValues = 100;

    /// <summary>Longest value in characters.</summary>
    public const int MaxValueLength = 256;

    private readonly string _key;
    private readonly Func<MonitoringEvent, DateTimeOffset, bool>? _asks;

    internal EventFilter(string[] projectIds, string[] taskIds, string[] eventTypes, bool statsOnly, EventQuery? query = null)
    {
        Query = query ?? EventQuery.All;
        _asks = Query.MatchesAll ? null : Query.Compile();
        ProjectIds = projectIds;
        TaskIds = taskIds;
        EventTypes = eventTypes;
        StatsOnly = statsOnly;
        _key = string.Join('\n', ["p", .. projectIds, "\rt", .. taskIds, "\re", .. eventTypes, statsOnly ? "\rs" : "", "\rq", Query.ToString()]);
    }

    /// <summary>Everything.</summary>
    public static EventFilter All { get; } = new([], [], [], false);

    /// <summary>Any of these projects, sorted; empty for all.</summary>
    public IReadOnlyList<string> ProjectIds { get; }

    /// <summary>Any of these as <c>task_id</c> or <c>parent_task_id</c>, sorted; empty for all.</summary>
    public IReadOnlyList<string> TaskIds { get; }

    /// <summary>Any of these types, sorted; empty for all.</summary>
    public IReadOnlyList<string> EventTypes { get; }

    /// <summary>Only <c>stats_snapshot</c> and <c>queue_depth_update</c>.</summary>
    public bool StatsOnly { get; }

    /// <summary>What an event has to match besides, in the query language; <see cref="EventQuery.All"/> for anything.</summary>
    public EventQuery Query { get; }

    /// <summary>Whether every event matches.</summary>
    public bool MatchesAll => ProjectIds.Count == 0 && TaskIds.Count == 0 && EventTypes.Count == 0 && !StatsOnly && _asks is null;

    /// <summary>Whether its keys tell of each event that it is wanted or not; else <see cref="Query"/> looks at the whole event.</summary>
    public bool NeedsKeysOnly => _asks is null;

    /// <summary>Whether an event with these keys is wanted as far as keys tell; see <see cref="NeedsKeysOnly"/>.</summary>
    public bool Matches(in EventKeys keys) =>
        (!StatsOnly || Events.EventTypes.IsStats(keys.EventType))
        && IsAny(EventTypes, keys.EventType)
        && IsAny(ProjectIds, keys.ProjectId)
        && (TaskIds.Count == 0 || IsAny(TaskIds, keys.TaskId) || IsAny(TaskIds, keys.ParentTaskId));

    /// <summary>Whether the event is wanted.</summary>
    /// <param name="monitoringEvent">The event.</param>
    /// <param name="appendedAt">When the log took it: what relative times of the query refer to.</param>
    public bool Matches(MonitoringEvent monitoringEvent, DateTimeOffset appendedAt) =>
        Matches(EventKeys.Of(monitoringEvent)) && (_asks is null || _asks(monitoringEvent, appendedAt));

    /// <summary>The filter as query parameters, <c>project_id=a&amp;event_types=task_failed%2Ctask_retry</c>; empty for <see cref="All"/>.</summary>
    public string ToQueryString() => string.Join('&',
    [
        .. ProjectIds.Select(id => FilterParameters.ProjectId + "=" + Uri.EscapeDataString(id)),
        .. TaskIds.Select(id => FilterParameters.TaskId + "=" + Uri.EscapeDataString(id)),
        .. EventTypes.Count == 0 ? [] : new[] { FilterParameters.EventTypes + "=" + Uri.EscapeDataString(string.Join(',', EventTypes)) },
        .. StatsOnly ? new[] { FilterParameters.StatsOnly + "=true" } : [],
        .. _asks is null ? [] : new[] { FilterParameters.Query + "=" + Uri.EscapeDataString(Query.ToString()) },
    ]);

    /// <inheritdoc/>
    public bool Equals(EventFilter? other) => other is not null && _key == other._key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EventFilter);

    /// <inheritdoc/>
    public override int GetHashCode() => _key.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => MatchesAll ? "all events" : ToQueryString();

    private static bool IsAny(IReadOnlyList<string> wanted, string? value)
    {
        if (wanted.Count == 0)
        {
            return true;
        }

        if (value is null)
        {
            return false;
        }

        for (var i = 0; i < wanted.Count; i++)
        {
            if (wanted[i] == value)
            {
                return true;
            }
        }

        return false;
    }
}
