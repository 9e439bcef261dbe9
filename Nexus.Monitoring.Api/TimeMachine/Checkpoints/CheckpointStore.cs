using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State.Checkpoints;

namespace Nexus.Monitoring.Api.TimeMachine.Checkpoints;

/// <summary>
/// Checkpoints in a folder beside the history: <c>1795435391750-3.state</c> holds a core, <c>1795435391750-3.ended</c> the tasks that ended since
/// the one before, <c>1795435391750-3.ids</c> hashes of their ids. Bounded by number and by bytes: the further back, the fewer. What cannot be read is deleted and built again. Thread-safe; one
/// writer.
/// </summary>
internal sealed class CheckpointStore
{
    private const string CoreExtension = ".state";
    private const string SegmentExtension = ".ended";
    private const string HashesExtension = ".ids";

    private readonly Lock _gate = new();
    private readonly TimeMachineOptions _options;
    private readonly ILogger<CheckpointStore> _logger;
    private readonly SortedList<LogPosition, CheckpointHead> _cores = [];
    private readonly SegmentHashes _hashes;

    /// <summary>The writer's: megabytes each time, which would be garbage that only a full collection fetches.</summary>
    private readonly ArrayBufferWriter<byte> _core = new();

    public CheckpointStore(IOptions<HistoryOptions> history, IOptions<TimeMachineOptions> options, ILogger<CheckpointStore> logger)
    {
        _options = options.Value;
        _logger = logger;
        _hashes = new SegmentHashes(position => PathOf(position, HashesExtension));
        if (!history.Value.IsKept)
        {
            return;
        }

        Folder = Path.GetFullPath(history.Value.Path) + ".checkpoints";
        Open(Folder);
    }

    /// <summary>Null when no history is kept.</summary>
    public string? Folder { get; }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _cores.Count;
            }
        }
    }

    /// <summary>The newest checkpoint up to and including a position; null when there is none.</summary>
    public Checkpoint? Find(LogPosition upto)
    {
        lock (_gate)
        {
            var index = IndexAfter(upto) - 1;
            return index < 0 ? null : new Checkpoint(_cores.GetKeyAtIndex(index), _cores.GetValueAtIndex(index).Begins);
        }
    }

    /// <summary>The first checkpoint at or after a position; null when there is none.</summary>
    public Checkpoint? FindAfter(LogPosition from)
    {
        lock (_gate)
        {
            var index = from == LogPosition.Start ? 0 : IndexAfter(Streaming.LogPositions.Previous(from));
            return index >= _cores.Count ? null : new Checkpoint(_cores.GetKeyAtIndex(index), _cores.GetValueAtIndex(index).Begins);
        }
    }

    /// <summary>Puts the state together again; null when it cannot be, and then the checkpoint is gone.</summary>
    /// <param name="checkpoint">Which.</param>
    /// <param name="endedTasks">So many of the tasks that ended last are enough; the state says when it meets another one.</param>
    /// <param name="touched">What will be folded into it: tasks among them that ended before those are read too.</param>
    public FoldedState? Load(Checkpoint checkpoint, int endedTasks = int.MaxValue, TouchedTasks? touched = null)
    {
        try
        {
            var (head, core) = CheckpointFile.Read(PathOf(checkpoint.Position, CoreExtension));
            var segments = touched is null ? null : _hashes.Find(touched, checkpoint.Position, head.Needs);
            endedTasks = touched is not null && segments is null ? int.MaxValue : endedTasks;
            LogPosition? next = checkpoint.Position;
            LogPosition? further = null;
            ReadOnlyMemory<byte>? Segment(LogPosition oldest)
            {
                if (next is not { } position || position < oldest || position <= LogPosition.Start)
                {
                    return null;
                }

                var (before, segment) = CheckpointFile.Read(PathOf(position, SegmentExtension));
                next = before.Begins;
                return segment;
            }

            ReadOnlyMemory<byte>? TouchedSegment(LogPosition oldest)
            {
                further ??= next;
                while (next is { } position && position >= oldest && position > LogPosition.Start)
                {
                    if (segments!.Contains(position))
                    {
                        return Segment(oldest);
                    }

                    next = _hashes.Of(position).Before;
                }

                return null;
            }

            var state = StateCheckpoint.Read(
                core, Segment, endedTasks, touched?.Ids, segments is null ? null : TouchedSegment, oldest: head.Needs);
            return new FoldedState(state, checkpoint.Position, head.Begins) { LeftOut = _hashes.Upto(further ?? next, head.Needs) };
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            lock (_gate)
            {
                if (_cores.Remove(checkpoint.Position))
                {
                    _logger.CheckpointUnreadable(checkpoint.Position, error.Message);
                    File.Delete(PathOf(checkpoint.Position, CoreExtension));
                }
            }

            return null;
        }
    }

    /// <summary>Puts a state away.</summary>
    /// <param name="folded">The state.</param>
    /// <param name="before">The checkpoint that it was folded on from; null when there was none.</param>
    public void Add(FoldedState folded, LogPosition? before)
    {
        // Where ended tasks may be missing from older segments, this one holds them all.
        var from = before is { } position && folded.Since <= position && !StateCheckpoint.NeedsWholeSegment(folded.State) ? position : LogPosition.Start;
        var head = new CheckpointHead(folded.Since, StateCheckpoint.OldestEnded(folded.State) ?? LogPosition.End);
        CheckpointFile.Write(
            PathOf(folded.Position, SegmentExtension), new CheckpointHead(from, default), StateCheckpoint.WriteSegment(folded.State, from));
        CheckpointFile.Write(
            PathOf(folded.Position, HashesExtension), new CheckpointHead(from, default),
            MemoryMarshal.AsBytes(StateCheckpoint.HashTasks(folded.State, from).AsSpan()));
        _core.ResetWrittenCount();
        StateCheckpoint.WriteCore(folded.State, _core);
        CheckpointFile.Write(PathOf(folded.Position, CoreExtension), head, _core.WrittenSpan, isCompressed: true);
        lock (_gate)
        {
            _cores[folded.Position] = head;
        }
    }

    /// <summary>Makes room, and forgets what lies before the history.</summary>
    /// <param name="floor">Events up to here are gone from the history.</param>
    public void Trim(LogPosition floor)
    {
        lock (_gate)
        {
            while (_cores.Count > 0 && _cores.GetKeyAtIndex(0) < floor)
            {
                Remove(0);
            }

            while (_cores.Count > 4 && (_cores.Count > _options.MaxCheckpoints || Bytes() > _options.MaxCheckpointBytes))
            {
                for (var index = (_cores.Count / 2) | 1; index > 0; index -= 2)
                {
                    Remove(index);
                }

                RemoveSegments();
            }
        }
    }

    /// <summary>What is no longer true, or was never: a history that begins anew, or ends before it.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            while (_cores.Count > 0)
            {
                Remove(_cores.Count - 1);
            }

            RemoveSegments();
        }
    }

    private void Open(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var outdated = 0;
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                if (!LogPosition.TryParse(Path.GetFileNameWithoutExtension(file), out var position)
                    || Path.GetExtension(file) is not (CoreExtension or SegmentExtension or HashesExtension)
                    || CheckpointFile.ReadHead(file) is not { } head)
                {
                    File.Delete(file);
                    outdated++;
                }
                else if (Path.GetExtension(file) == CoreExtension)
                {
                    _cores.Add(position, head);
                }
            }

            _logger.CheckpointsOpened(folder, _cores.Count, outdated);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _logger.CheckpointsUnavailable(error.Message);
        }
    }

    /// <summary>Segments that no checkpoint needs.</summary>
    private void RemoveSegments()
    {
        var needed = new HashSet<LogPosition>();
        var before = new Dictionary<LogPosition, LogPosition>();
        foreach (var file in Directory.EnumerateFiles(Folder!, "*" + SegmentExtension))
        {
            if (LogPosition.TryParse(Path.GetFileNameWithoutExtension(file), out var position) && CheckpointFile.ReadHead(file) is { } head)
            {
                before[position] = head.Begins;
            }
        }

        foreach (var (position, head) in _cores)
        {
            for (var next = position; next > LogPosition.Start && next >= head.Needs;)
            {
                needed.Add(next);
                next = before.TryGetValue(next, out var known) ? known : LogPosition.Start;
            }
        }

        foreach (var file in Directory.EnumerateFiles(Folder!, "*" + SegmentExtension))
        {
            if (LogPosition.TryParse(Path.GetFileNameWithoutExtension(file), out var position) && !needed.Contains(position))
            {
                File.Delete(file);
                File.Delete(PathOf(position, HashesExtension));
                _hashes.Forget(position);
            }
        }
    }

    private void Remove(int index)
    {
        File.Delete(PathOf(_cores.GetKeyAtIndex(index), CoreExtension));
        _cores.RemoveAt(index);
    }

    private long Bytes() => new DirectoryInfo(Folder!).EnumerateFiles().Sum(file => file.Length);

    private int IndexAfter(LogPosition position)
    {
        var (low, high) = (0, _cores.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _cores.GetKeyAtIndex(middle) <= position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private string PathOf(LogPosition position, string extension) => Path.Combine(Folder!, position + extension);
}
