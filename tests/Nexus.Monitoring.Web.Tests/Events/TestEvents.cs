using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Web.Tests.Events;

internal static class TestEvents
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static MonitoringEvent Event(int number, string type = EventTypes.TaskStarted, string? project = "atlas") => new()
    {
        EventId = $"e{number}",
        Timestamp = Noon.AddMilliseconds(number),
        EventType = type,
        ProjectId = project,
        TaskId = $"task-{number}",
        ParentTaskId = "run-1",
        Cursor = $"{Noon.AddMilliseconds(number).ToUnixTimeMilliseconds()}-0",
    };
}
