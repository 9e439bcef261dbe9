using System.Text.Json;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.State;

/// <summary>The live state in one event: queue depths, tasks by status, workers.</summary>
internal sealed class SnapshotSource(LiveStateView view, LogFeed feed, TimeProvider time) : ISnapshotSource
{
    /// <summary>
    /// A node that has not read the whole log yet has no state to start from; a stream that begins meanwhile begins at the head. After a log that
    /// lost its data nothing has been folded: the stream begins where the log does, and claims nothing of what was before.
    /// </summary>
    public LogEntry Create()
    {
        var (snapshot, position) = view.Read(state => (Describe(state, time.GetUtcNow()), state.Position));
        var ring = feed.Ring;
        var start = !view.IsReady ? ring.Head.Position : position > ring.Start ? position : ring.Start;
        return EntryEncoder.EncodeAlone(EventJson.ToUtf8(snapshot), start, EventKeys.Of(snapshot));
    }

    /// <summary>The state as it stood at a time.</summary>
    public static MonitoringEvent Describe(LiveState state, DateTimeOffset now)
    {
        var tasks = state.All.Tasks;
        return new MonitoringEvent
        {
            EventId = Guid.CreateVersion7(now).ToString(),
            Timestamp = now,
            EventType = EventTypes.StatsSnapshot,
            Counts = EventStatuses.All.ToDictionary(status => status, tasks.Of),
            Queue = state.Queues.ByPriority.Concat(state.Queues.ByTaskType).ToDictionary(),
            Meta = JsonSerializer.SerializeToElement(
                new SnapshotMeta(true, state.WorkersOnline, state.WorkersBusy), ApiJson.Context.SnapshotMeta),
        };
    }
}
