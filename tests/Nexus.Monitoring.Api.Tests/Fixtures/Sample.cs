using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Api.Tests.Fixtures;

internal static class Sample
{
    private static long _count;

    public static MonitoringEvent Event(
        string eventType = EventTypes.TaskStarted, string? projectId = null, string? taskId = null, string? runId = null) => new()
        {
            EventId = $"e{Interlocked.Increment(ref _count)}",
            Timestamp = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero),
            EventType = eventType,
            ProjectId = projectId,
            TaskId = taskId ?? "t",
            ParentTaskId = runId,
        };

    public static EventFilter Filter(string query = "")
    {
        var pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('='))
            .Select(part => KeyValuePair.Create(part[0], (string?)Uri.UnescapeDataString(part[1])));
        Assert.True(FilterParser.TryParse(pairs, out var filter, out var error), error?.ToString());
        return filter;
    }
}
