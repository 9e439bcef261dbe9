using System.Text.Json;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.State;

/// <summary>The live state in one event: queue depths, tasks by status, workers.</summary>
internal sealed class SnapshotSource(LiveStateView view, LogFeed feed, TimeProvider time) : ISnapshotSource
{
    /// <summary>
    /// A node that has not read the whole log yet has no state to start from; a stream that begins meanwhile begins at the head. After a log that
    /// lost its data nothing has been folded: the stream begins where the log does, and claims nothing of what was before. Where more came at once
    /// than the ring holds, and the state is behind all of that, the stream begins at the head, too, and the snapshot says by its time how old it
    /// is: else each client that comes meanwhile would read the log again.
    /// </summary>
    public LogEntry Create()
    {
        var ring = feed.Ring;
        var (snapshot, position, isBehind) = view.Read(state =>
        {
            var isBehind = IsBehind(ring, state.Position);
            return (Describe(state, isBehind ? state.Position.Time : time.GetUtcNow()), state.Position, isBehind);
        });
        var start = !view.IsReady || isBehind ? ring.Head.Position : position > ring.Start ? position : ring.Start;
        return EntryEncoder.EncodeAlone(EventJson.ToUtf8(snapshot), start, EventKeys.Of(snapshot));
    }

    /// <summary>Whether the ring has given up entries that are not in the state.</summary>
    private bool IsBehind(EventRing ring, LogPosition position) =>
        view.IsReady && ring.Floor.Position is var floor && floor > ring.Start && position < floor;

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
