using Garnet.common;
using Garnet.server;
using Nexus.Redis.Streams;
using Tsavorite.core;

namespace Nexus.Redis.Commands;

/// <summary>What <c>XINFO STREAM key</c> answers. Garnet takes the first argument of a command as its key, so it has a name of its own.</summary>
internal sealed class XInfoStreamCommand : StreamCommand
{
    public const string Name = "XINFO.STREAM";

    /// <summary>Left to <see cref="XInfoProcedure"/>: Garnet drops what is written here when a procedure is the caller.</summary>
    public override void NotFound(ReadOnlySpan<byte> key, ref ObjectInput input, ref RespMemoryWriter writer)
    {
    }

    public override bool Reader(
        ReadOnlySpan<byte> key, ref ObjectInput input, IGarnetObject value, ref RespMemoryWriter writer, ref ReadInfo readInfo)
    {
        var log = ((StreamObject)value).Log;
        writer.WriteMapLength(10);
        writer.WriteBulkString("length"u8);
        writer.WriteInt64(log.Length);
        writer.WriteBulkString("radix-tree-keys"u8);
        writer.WriteInt64(log.BlockCount);
        writer.WriteBulkString("radix-tree-nodes"u8);
        writer.WriteInt64(log.BlockCount + 1);
        writer.WriteBulkString("last-generated-id"u8);
        writer.WriteId(log.LastId);
        writer.WriteBulkString("max-deleted-entry-id"u8);
        writer.WriteId(log.MaxDeletedId);
        writer.WriteBulkString("entries-added"u8);
        writer.WriteInt64((long)log.EntriesAdded);
        writer.WriteBulkString("recorded-first-entry-id"u8);
        writer.WriteId(log.FirstId);
        writer.WriteBulkString("groups"u8);
        writer.WriteInt64(0);

        var first = log.From(StreamId.Min);
        var last = log.From(StreamId.Max);
        var any = first.Forward();
        writer.WriteBulkString("first-entry"u8);
        WriteEntry(ref writer, first, any);
        any = (last.Forward() && last.Id == StreamId.Max) || last.Back();
        writer.WriteBulkString("last-entry"u8);
        WriteEntry(ref writer, last, any);
        return true;
    }

    private static void WriteEntry(ref RespMemoryWriter writer, StreamCursor cursor, bool any)
    {
        if (any)
        {
            writer.WriteEntry(cursor.Id, cursor.Fields);
        }
        else
        {
            writer.WriteNull();
        }
    }
}
