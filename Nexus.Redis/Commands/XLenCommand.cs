using Garnet.common;
using Garnet.server;
using Nexus.Redis.Streams;
using Tsavorite.core;

namespace Nexus.Redis.Commands;

/// <summary><c>XLEN key</c></summary>
internal sealed class XLenCommand : StreamCommand
{
    public override void NotFound(ReadOnlySpan<byte> key, ref ObjectInput input, ref RespMemoryWriter writer) => Write(ref input, 0, ref writer);

    public override bool Reader(
        ReadOnlySpan<byte> key, ref ObjectInput input, IGarnetObject value, ref RespMemoryWriter writer, ref ReadInfo readInfo)
    {
        Write(ref input, ((StreamObject)value).Log.Length, ref writer);
        return true;
    }

    private static void Write(ref ObjectInput input, long length, ref RespMemoryWriter writer)
    {
        if (input.parseState.Count == 0)
        {
            writer.WriteInt64(length);
        }
        else
        {
            WriteWrongNumberOfArguments(ref writer, "xlen");
        }
    }
}
