using Garnet.common;
using Garnet.server;
using Nexus.Redis.Streams;
using Tsavorite.core;

namespace Nexus.Redis.Commands;

/// <summary><c>XTRIM key MAXLEN | MINID [= | ~] threshold [LIMIT count]</c></summary>
internal sealed class XTrimCommand : StreamCommand
{
    public override bool NeedInitialUpdate(scoped ReadOnlySpan<byte> key, ref ObjectInput input, ref RespMemoryWriter writer)
    {
        if (TryRead(ref input, ref writer, out _))
        {
            writer.WriteZero();
        }

        return false;
    }

    public override bool Updater(
        ReadOnlySpan<byte> key, ref ObjectInput input, IGarnetObject value, ref RespMemoryWriter writer, ref RMWInfo rmwInfo)
    {
        if (TryRead(ref input, ref writer, out var trim))
        {
            var stream = (StreamObject)value;
            writer.WriteInt64(stream.Log.Trim(trim));
            Append(ref input, ref rmwInfo);
        }

        return true;
    }

    private static bool TryRead(ref ObjectInput input, ref RespMemoryWriter writer, out StreamTrim trim)
    {
        trim = default;
        var arguments = new CommandArguments(in input);
        if (arguments.Count < 2)
        {
            WriteWrongNumberOfArguments(ref writer, "xtrim");
            return false;
        }

        var options = default(TrimArguments);
        var error = ReadOnlySpan<byte>.Empty;
        for (var index = 0; error.IsEmpty && index < arguments.Count;)
        {
            error = options.TryRead(arguments, ref index) ? options.Error : StreamErrors.Syntax;
        }

        if (error.IsEmpty && !options.TryFinish(out trim))
        {
            error = options.Error;
        }

        if (error.IsEmpty && trim.Strategy == StreamTrimStrategy.None)
        {
            error = StreamErrors.TrimWithoutStrategy;
        }

        if (!error.IsEmpty)
        {
            writer.WriteError(error);
        }

        return error.IsEmpty;
    }
}
