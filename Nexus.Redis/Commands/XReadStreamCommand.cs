using Garnet.common;
using Garnet.server;
using Nexus.Redis.Streams;
using Tsavorite.core;

namespace Nexus.Redis.Commands;

/// <summary>One stream's part of XREAD: <c>key after-id count</c>, the entries.</summary>
internal sealed class XReadStreamCommand : StreamCommand
{
    public const string Name = "XREAD.STREAM";

    /// <summary>As if the stream were empty.</summary>
    public override void NotFound(ReadOnlySpan<byte> key, ref ObjectInput input, ref RespMemoryWriter writer)
    {
    }

    public override bool Reader(
        ReadOnlySpan<byte> key, ref ObjectInput input, IGarnetObject value, ref RespMemoryWriter writer, ref ReadInfo readInfo)
    {
        var arguments = new CommandArguments(in input);
        if (arguments.Count != 2 || !StreamIdText.TryParse(arguments[0], 0, out var after) || !arguments.TryReadInteger(1, out var count))
        {
            writer.WriteError(StreamErrors.InvalidId);
        }
        else
        {
            WriteEntries(((StreamObject)value).Log, after, count > 0 ? count : long.MaxValue, ref writer);
        }

        return true;
    }

    private static void WriteEntries(StreamLog log, StreamId after, long limit, ref RespMemoryWriter writer)
    {
        if (after >= log.LastId)
        {
            writer.WriteEmptyArray();
            return;
        }

        var (count, from) = (0, after.Next());
        for (var cursor = log.From(from); count < limit && cursor.Forward(); cursor.Skip())
        {
            count++;
        }

        writer.WriteArrayLength(count);
        for (var cursor = log.From(from); count > 0 && cursor.Forward(); cursor.Skip(), count--)
        {
            writer.WriteEntry(cursor.Id, cursor.Fields);
        }
    }
}
