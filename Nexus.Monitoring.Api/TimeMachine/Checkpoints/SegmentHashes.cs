using System.Runtime.InteropServices;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Contracts.State.Checkpoints;

namespace Nexus.Monitoring.Api.TimeMachine.Checkpoints;

/// <summary>Which tasks are in which segment, as far as hashes of their ids tell; the last ones asked for stay in memory. Thread-safe.</summary>
internal sealed class SegmentHashes(Func<LogPosition, string> pathOf)
{
    /// <summary>Segments whose hashes are kept in memory, about 25 KB each.</summary>
    private const int MostKept = 256;

    private static readonly int MostEnded = new LiveStateLimits().EndedTasks;

    private readonly Lock _gate = new();
    private readonly Dictionary<LogPosition, (ulong[] Hashes, LogPosition Before)> _kept = [];

    /// <summary>Those of one segment, in order, and the segment before it.</summary>
    public (ulong[] Hashes, LogPosition Before) Of(LogPosition segment)
    {
        lock (_gate)
        {
            if (!_kept.TryGetValue(segment, out var found))
            {
                if (_kept.Count >= MostKept)
                {
                    _kept.Clear();
                }

                var (head, content) = CheckpointFile.Read(pathOf(segment));
                _kept[segment] = found = ([.. MemoryMarshal.Cast<byte, ulong>(content.Span)], head.Begins);
            }

            return found;
        }
    }

    /// <summary>Those of the segments up to one; empty when there is none.</summary>
    public List<ulong[]> Upto(LogPosition? segment, LogPosition oldest) => [.. Chain(segment, oldest).Select(one => one.Hashes)];

    /// <summary>
    /// The segments that hold a task that is touched as it was last. Null when one may be forgotten before it is touched: whether it is depends on all that
    /// ended after it.
    /// </summary>
    public HashSet<LogPosition>? Find(TouchedTasks touched, LogPosition newest, LogPosition oldest)
    {
        var wanted = touched.Ids.Select(StateCheckpoint.HashTask).ToHashSet();
        var found = new HashSet<LogPosition>();
        var newer = touched.Events;
        foreach (var (position, hashes) in Chain(newest, oldest))
        {
            newer += hashes.Length;
            foreach (var hash in hashes)
            {
                if (wanted.Remove(hash))
                {
                    found.Add(position);
                }
            }

            if (newer > MostEnded && found.Contains(position))
            {
                return null;
            }
        }

        return found;
    }

    public void Forget(LogPosition segment)
    {
        lock (_gate)
        {
            _kept.Remove(segment);
        }
    }

    private IEnumerable<(LogPosition Position, ulong[] Hashes)> Chain(LogPosition? segment, LogPosition oldest)
    {
        for (var next = segment ?? LogPosition.Start; next >= oldest && next > LogPosition.Start;)
        {
            var (hashes, before) = Of(next);
            yield return (next, hashes);
            next = before;
        }
    }
}
