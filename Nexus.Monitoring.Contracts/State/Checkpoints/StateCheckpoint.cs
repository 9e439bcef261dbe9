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

    /// <summary>The core.</summary>
    public static byte[] WriteCore(LiveState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return JsonSerializer.SerializeToUtf8Bytes(state.ToCore(), CheckpointJsonContext.Default.CheckpointCore);
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

    /// <summary>Puts a state together again.</summary>
    /// <param name="core">What <see cref="WriteCore"/> wrote.</param>
    /// <param name="segment">
    /// Gives segments, each time the one before the last given, beginning with that of the core; told the oldest position that is needed, null
    /// when there is none left.
    /// </param>
    /// <returns>The state, to be folded into.</returns>
    /// <exception cref="InvalidDataException">The parts do not fit together.</exception>
    public static LiveState Read(ReadOnlySpan<byte> core, Func<LogPosition, ReadOnlyMemory<byte>?> segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        CheckpointCore read;
        try
        {
            read = JsonSerializer.Deserialize(core, CheckpointJsonContext.Default.CheckpointCore) ?? throw new InvalidDataException("The core is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException("The core cannot be read.", error);
        }

        var segments = new List<ReadOnlyMemory<byte>>();
        while (read.OldestEnded is { } oldest && segment(oldest) is { } bytes)
        {
            segments.Add(bytes);
        }

        return LiveState.FromCore(read, [.. segments.AsParallel().AsOrdered().Select(TaskSegment.Read)]);
    }
}
