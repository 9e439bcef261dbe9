using Garnet.common;
using Nexus.Redis.Streams;

namespace Nexus.Redis.Commands;

/// <summary>Writes ids and entries as Redis does.</summary>
internal static class StreamReply
{
    public static void WriteId(this ref RespMemoryWriter writer, StreamId id)
    {
        Span<byte> text = stackalloc byte[StreamId.MaxTextLength];
        writer.WriteBulkString(text[..id.Format(text)]);
    }

    public static void WriteEntry(this ref RespMemoryWriter writer, StreamId id, ReadOnlySpan<byte> fields)
    {
        writer.WriteArrayLength(2);
        writer.WriteId(id);
        writer.WriteDirect(fields);
    }
}
