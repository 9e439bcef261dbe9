using Garnet.common;
using Garnet.server;
using Nexus.Redis.Streams;
using Tsavorite.core;

namespace Nexus.Redis.Commands;

/// <summary><c>XDEL key id [id …]</c></summary>
internal sealed class XDelCommand : StreamCommand
{
    public override bool NeedInitialUpdate(scoped ReadOnlySpan<byte> key, ref ObjectInput input, ref RespMemoryWriter writer)
    {
        if (input.parseState.Count == 0)
        {
            WriteWrongNumberOfArguments(ref writer, "xdel");
        }
        else
        {
            writer.WriteZero();
        }

        return false;
    }

    public override bool Updater(
        ReadOnlySpan<byte> key, ref ObjectInput input, IGarnetObject value, ref RespMemoryWriter writer, ref RMWInfo rmwInfo)
    {
        if (!TryCheck(ref input, ref writer))
        {
            return true;
        }

        var stream = (StreamObject)value;
        var arguments = new CommandArguments(in input);
        var removed = 0;
        for (var index = 0; index < arguments.Count; index++)
        {
            removed += StreamIdText.TryParse(arguments[index], 0, out var id) && stream.Log.Remove(id) ? 1 : 0;
        }

        Append(ref input, ref rmwInfo);
        writer.WriteInt32(removed);
        return true;
    }

    /// <summary>One bad id and nothing is removed.</summary>
    private static bool TryCheck(ref ObjectInput input, ref RespMemoryWriter writer)
    {
        var arguments = new CommandArguments(in input);
        if (arguments.Count == 0)
        {
            WriteWrongNumberOfArguments(ref writer, "xdel");
            return false;
        }

        for (var index = 0; index < arguments.Count; index++)
        {
            if (!StreamIdText.TryParse(arguments[index], 0, out _))
            {
                writer.WriteError(StreamErrors.InvalidId);
                return false;
            }
        }

        return true;
    }
}
