using Nexus.Coordinator.Sim.Configuration;
using Nexus.Monitoring.Client.Redis;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Coordinator.Sim.Queues.Redis;

/// <summary>
/// Looks for verdicts at the end of the log, only while somebody waits for one: from as far back as one on a worker that just expired can
/// lie. One caller at a time.
/// </summary>
internal sealed class RedisVerdicts(IConnectionMultiplexer redis, HeartbeatTiming heartbeat) : IVerdicts
{
    private const int PageSize = 100;

    private static readonly byte[] Marker = "\"task_stalled\""u8.ToArray();

    private readonly HashSet<(string TaskId, int WorkerId)> _orphaned = [];
    private RedisValue? _read;

    private IDatabase Database => redis.GetDatabase();

    public async Task<IReadOnlySet<ClaimedJob>> FindOrphanedAsync(IReadOnlyList<ClaimedJob> jobs)
    {
        if (jobs.Count == 0)
        {
            _orphaned.Clear();
            _read = null;
            return new HashSet<ClaimedJob>();
        }

        await ReadOnAsync();
        return jobs.Where(job => _orphaned.Contains((job.Job.TaskId, job.Owner.WorkerId))).ToHashSet();
    }

    private async Task ReadOnAsync()
    {
        _read ??= await FindStartAsync();
        StreamEntry[] page;
        do
        {
            page = await Database.StreamRangeAsync(LogKeys.Log, _read, count: PageSize).AnsweredAsync();
            foreach (var entry in page)
            {
                foreach (var (_, json) in entry.ReadEvents())
                {
                    Read(json.Span);
                }
            }

            // The last entry is read again, which does no harm: not every server knows exclusive ranges
            _read = page.Length > 0 ? page[^1].Id : _read;
        }
        while (page.Length == PageSize);
    }

    private async Task<RedisValue> FindStartAsync()
    {
        var last = await Database.StreamRangeAsync(LogKeys.Log, count: 1, messageOrder: Order.Descending).AnsweredAsync();
        var back = heartbeat.TimeToLive + heartbeat.Interval;
        return last.Length == 0 ? "-" : EntryId.Of(LogPosition.At(EntryId.Parse(last[0].Id!).At(0).Time - back)).ToString();
    }

    private void Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf(Marker) >= 0
            && EventJson.TryRead(utf8, out var e, out _)
            && e is { EventType: EventTypes.TaskStalled, TaskId: { } task, WorkerId: { } worker })
        {
            _orphaned.Add((task, worker));
        }
    }
}
