using Garnet.common;
using Garnet.server;
using Tsavorite.core;

namespace Nexus.Redis.Commands;

/// <summary>What all stream commands share. One instance serves all connections, so none keeps state.</summary>
internal abstract class StreamCommand : CustomObjectFunctions
{
    /// <summary>Garnet's mark for "append this command to the append-only file".</summary>
    private const byte NeedsAppend = 1;

    /// <summary>
    /// Garnet appends a custom command that changed a value in place, but forgets those that changed a copy of it, which is what
    /// happens to the first write after each checkpoint. While the file is replayed nothing may be appended.
    /// </summary>
    protected static void Append(ref ObjectInput input, ref RMWInfo change)
    {
        if (!RecordedInput.IsReplayed(ref input))
        {
            change.UserData |= NeedsAppend;
        }
    }

    protected static void WriteWrongNumberOfArguments(ref RespMemoryWriter writer, string command) =>
        writer.WriteError($"ERR wrong number of arguments for '{command}' command");
}
