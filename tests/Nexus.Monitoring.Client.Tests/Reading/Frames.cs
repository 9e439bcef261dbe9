using System.Globalization;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Tests.Reading;

/// <summary>Frames in a log whose positions are small numbers.</summary>
internal static class Frames
{
    public static LogPosition At(int number) => new((ulong)number, 0);

    public static EventsFrame Events(int after, int upto, params int[] positions) => new()
    {
        After = At(after),
        Upto = At(upto),
        Events = [.. positions.Select(position => new MonitoringEvent
        {
            EventId = $"e{position}",
            Timestamp = DateTimeOffset.UnixEpoch,
            EventType = EventTypes.TaskCompleted,
            TaskId = position.ToString(CultureInfo.InvariantCulture),
            Cursor = At(position).ToString(),
        })],
    };
}
