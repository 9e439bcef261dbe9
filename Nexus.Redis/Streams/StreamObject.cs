using Garnet.server;

namespace Nexus.Redis.Streams;

/// <summary>A stream as a value in Garnet's store.</summary>
internal sealed class StreamObject : CustomObjectBase
{
    /// <summary>
    /// What the store counts for a stream. It would count the entries again with each checkpoint, because the value that it cloned
    /// stays in its log, and soon move everything to disk. Streams have a limit of their own instead, see <c>XADD</c>.
    /// </summary>
    private const long CountedMemory = 64;

    private readonly byte _type;
    private bool _superseded;

    public StreamObject(byte type)
        : base(type, CountedMemory)
    {
        _type = type;
        Log = new StreamLog();
    }

    public StreamObject(byte type, BinaryReader reader)
        : base(type, reader, CountedMemory)
    {
        _type = type;
        Log = StreamLogFormat.Read(reader);
    }

    private StreamObject(StreamObject source)
        : base(source)
    {
        _type = source._type;
        Log = source.Log;
        HeapMemorySize = CountedMemory;
    }

    public StreamLog Log { get; private set; }

    /// <summary>
    /// The store clones a value to change it while the old one may still have to be written to a checkpoint. The entries move
    /// to the clone instead of being copied: before the clone is changed the store has the old value serialized.
    /// </summary>
    public override CustomObjectBase CloneObject()
    {
        var clone = new StreamObject(this);
        _superseded = true;
        return clone;
    }

    public override void SerializeObject(BinaryWriter writer)
    {
        var lastUse = _superseded;
        var log = Log;
        if (writer.BaseStream is MemoryStream buffer)
        {
            // Held up while this runs is whoever writes to the stream: growing the buffer step by step would copy it twice
            buffer.Capacity = (int)Math.Min(Array.MaxLength, buffer.Length + log.Memory + 1024);
        }

        StreamLogFormat.Write(writer, log);
        if (lastUse)
        {
            Log = new StreamLog();
        }
    }

    public override void Dispose()
    {
    }

    public override unsafe void Scan(
        long start, out List<byte[]> items, out long cursor, int count = 10, byte* pattern = default, int patternLength = 0, bool isNoValue = false)
    {
        items = [];
        cursor = 0;
    }
}
