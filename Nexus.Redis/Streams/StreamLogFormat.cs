namespace Nexus.Redis.Streams;

/// <summary>How a stream is stored in a checkpoint. The blocks are kept as they are: what <c>~</c> trims depends on them.</summary>
internal static class StreamLogFormat
{
    private const byte Version = 1;

    public static void Write(BinaryWriter writer, StreamLog log)
    {
        writer.Write(Version);
        WriteId(writer, log.LastId);
        WriteId(writer, log.MaxDeletedId);
        writer.Write(log.EntriesAdded);
        writer.Write(log.BlockCount);
        for (var index = 0; index < log.BlockCount; index++)
        {
            log.Block(index).Write(writer);
        }
    }

    public static StreamLog Read(BinaryReader reader)
    {
        var version = reader.ReadByte();
        if (version != Version)
        {
            throw new InvalidDataException($"a stream is stored in format {version}, this version reads {Version}");
        }

        var log = new StreamLog { LastId = ReadId(reader), MaxDeletedId = ReadId(reader), EntriesAdded = reader.ReadUInt64() };
        var blocks = reader.ReadInt32();
        for (var index = 0; index < blocks; index++)
        {
            log.AddBlock(StreamBlock.Read(reader));
        }

        return log;
    }

    private static void WriteId(BinaryWriter writer, StreamId id)
    {
        writer.Write(id.Milliseconds);
        writer.Write(id.Sequence);
    }

    private static StreamId ReadId(BinaryReader reader) => new(reader.ReadUInt64(), reader.ReadUInt64());
}
