using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.State;

internal sealed class SnapshotSource(TimeProvider time) : ISnapshotSource
{
    public LogEntry Create(LogPosition position)
    {
        var snapshot = new MonitoringEvent
        {
            EventId = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Timestamp = time.GetUtcNow(),
            EventType = EventTypes.StatsSnapshot,
        };

        return new EntryEncoder().Encode(EventJson.ToUtf8(snapshot), position, EventKeys.Of(snapshot));
    }
}
