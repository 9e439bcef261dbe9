using System.Buffers;
using System.Text.Json;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.State.Checkpoints;

/// <summary>
/// A <see cref="LiveState"/> as bytes, in two parts. The core is everything but the tasks that have ended. Those do not change any more
/// unless an event touches them, and then they become the newest: a segment holds those that were touched since the checkpoint before, and
/// a checkpoint consists of its core and the segments back to <see cref="OldestEnded"/>.
/// </summary>
public static class StateCheckpoint
{
    /// <summary>
    /// Changes with whatever is built into this assembly, the reducer and these formats among it: bytes written under another version say
    /// nothing about what this one would have folded.
    /// </summary>
    public static Guid Version => typeof(StateCheckpoint).Module.ModuleVersionId;

    /// <summary>The core; some megabytes, most of it the series of projects.</summary>
    /// <param name="state">The state.</param>
    /// <param name="to">Takes the bytes.</param>
    public static void WriteCore(LiveState state, IBufferWriter<byte> to)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var json = new Utf8JsonWriter(to);
        JsonSerializer.Serialize(json, state.ToCore(), CheckpointJsonContext.Default.CheckpointCore);
    }

    /// <summary>The tasks that have ended and were touched after <paramref name="after"/>.</summary>
    public static byte[] WriteSegment(LiveState state, LogPosition after)
    {
        ArgumentNullException.ThrowIfNull(state);
        return TaskSegment.Write([.. state.EndedTasks.TakeWhile(task => task.Position > after).Reverse()]);
    }

    /// <summary>Whether a segment of this state has to begin at the very beginning: what was forgotten while it was open is in no core.</summary>
    public static bool NeedsWholeSegment(LiveState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.OpenTasksForgotten > 0;
    }

    /// <summary>Segments that end before this position are not needed; null when none is.</summary>
    public static LogPosition? OldestEnded(LiveState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.OldestEndedTask?.Position;
    }

    /// <summary>Hashes of the tasks of a segment, in their order: who is not among them is not in it.</summary>
    public static ulong[] HashTasks(LiveState state, LogPosition after)
    {
        ArgumentNullException.ThrowIfNull(state);
        ulong[] hashes = [.. state.EndedTasks.TakeWhile(task => task.Position > after).Select(task => HashTask(task.TaskId))];
        Array.Sort(hashes);
        return hashes;
    }

    /// <summary>64 bits of a task's id (FNV-1a).</summary>
    /// <seealso href="https://datatracker.ietf.org/doc/html/rfc9923"/>
    public static ulong HashTask(string taskId)
    {
        ArgumentNullException.ThrowIfNull(taskId);
        var hash = 14695981039346656037UL;
        foreach (var character in taskId)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        return hash;
    }

    /// <summary>Puts a state together again.</summary>
    /// <param name="core">What <see cref="WriteCore"/> wrote.</param>
    /// <param name="segment">
    /// Gives segments, each time the one before the last given, beginning with that of the core; told the oldest position that is needed, null
    /// when there is none left.
    /// </param>
    /// <param name="endedTasks">
    /// So many of the tasks that ended last are enough. Folding an event about one that was left out would go wrong: that is for the caller to see.
    /// </param>
    /// <param name="touched">Tasks that are needed besides, however long ago they ended.</param>
    /// <param name="touchedSegment">
    /// Gives on from there, as <paramref name="segment"/> does, those segments that hold one of them last.
    /// </param>
    /// <param name="limits">Of the state; those it had.</param>
    /// <param name="oldest">What <see cref="OldestEnded"/> told of the state, where it is known: all its segments are then read beside the core.</param>
    /// <returns>The state, to be folded into.</returns>
    /// <exception cref="InvalidDataException">The parts do not fit together.</exception>
    public static LiveState Read(
        ReadOnlyMemory<byte> core,
        Func<LogPosition, ReadOnlyMemory<byte>?> segment,
        int endedTasks = int.MaxValue,
        IReadOnlySet<string>? touched = null,
        Func<LogPosition, ReadOnlyMemory<byte>?>? touchedSegment = null,
        LiveStateLimits? limits = null,
        LogPosition? oldest = null)
    {
        ArgumentNullException.ThrowIfNull(segment);
        if (endedTasks == int.MaxValue && oldest is { } last)
        {
            var beside = Task.Run(() => ReadCore(core));
            var all = ReadAll(segment, last);
            return LiveState.FromCore(beside.GetAwaiter().GetResult(), all, endedTasks, limits);
        }

        var read = ReadCore(core);
        if (endedTasks < read.EndedTasks)
        {
            var further = touched is { Count: > 0 } && touchedSegment is not null ? OneByOne(read, touchedSegment) : [];
            return LiveState.FromCore(read, OneByOne(read, segment), endedTasks, limits, further, touched);
        }

        return LiveState.FromCore(read, read.OldestEnded is { } from ? ReadAll(segment, from) : [], read.EndedTasks, limits);
    }

    private static CheckpointCore ReadCore(ReadOnlyMemory<byte> core)
    {
        try
        {
            return JsonSerializer.Deserialize(core.Span, CheckpointJsonContext.Default.CheckpointCore) ?? throw new InvalidDataException("The core is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException("The core cannot be read.", error);
        }
    }

    private static TaskState[][] ReadAll(Func<LogPosition, ReadOnlyMemory<byte>?> segment, LogPosition oldest)
    {
        var segments = new List<ReadOnlyMemory<byte>>();
        while (segment(oldest) is { } bytes)
        {
            segments.Add(bytes);
        }

        return [.. segments.AsParallel().AsOrdered().Select(TaskSegment.Read)];
    }

    private static IEnumerable<TaskState[]> OneByOne(CheckpointCore core, Func<LogPosition, ReadOnlyMemory<byte>?> segment)
    {
        while (core.OldestEnded is { } oldest && segment(oldest) is { } bytes)
        {
            yield return TaskSegment.Read(bytes);
        }
    }
}
