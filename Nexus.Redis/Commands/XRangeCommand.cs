using Garnet.common;
using Garnet.server;
using Nexus.Redis.Streams;
using Tsavorite.core;

namespace Nexus.Redis.Commands;

/// <summary><c>XRANGE key start end [COUNT count]</c> and <c>XREVRANGE key end start [COUNT count]</c></summary>
internal sealed class XRangeCommand(bool reversed) : StreamCommand
{
    /// <summary>How far the reply's buffer is made to fit before entries are written to it; beyond, it grows as it fills.</summary>
    private const int MaxPreparedBytes = 4 << 20;

    private const int BytesAroundFields = 64;

    public override void NotFound(ReadOnlySpan<byte> key, ref ObjectInput input, ref RespMemoryWriter writer)
    {
        var range = default(RangeArguments);
        if (TryRead(ref input, ref writer, ref range))
        {
            writer.WriteEmptyArray();
        }
    }

    public override bool Reader(
        ReadOnlySpan<byte> key, ref ObjectInput input, IGarnetObject value, ref RespMemoryWriter writer, ref ReadInfo readInfo)
    {
        var range = default(RangeArguments);
        if (!TryRead(ref input, ref writer, ref range))
        {
            return true;
        }

        if (range.Count == 0)
        {
            writer.WriteNullArray();
        }
        else if (reversed)
        {
            WriteBackward(((StreamObject)value).Log, range, ref writer);
        }
        else
        {
            WriteForward(((StreamObject)value).Log, range, ref writer);
        }

        return true;
    }

    private static void WriteForward(StreamLog log, in RangeArguments range, ref RespMemoryWriter writer)
    {
        var (count, bytes) = (0, 0L);
        for (var cursor = log.From(range.Start); count != range.Count && cursor.Forward() && cursor.Id <= range.End; cursor.Skip())
        {
            count++;
            bytes += cursor.Fields.Length + BytesAroundFields;
        }

        Prepare(ref writer, count, bytes);
        for (var cursor = log.From(range.Start); count > 0 && cursor.Forward(); cursor.Skip(), count--)
        {
            writer.WriteEntry(cursor.Id, cursor.Fields);
        }
    }

    private static void WriteBackward(StreamLog log, in RangeArguments range, ref RespMemoryWriter writer)
    {
        var (count, bytes) = (0, 0L);
        for (var cursor = After(log, range.End); count != range.Count && cursor.Back() && cursor.Id >= range.Start;)
        {
            count++;
            bytes += cursor.Fields.Length + BytesAroundFields;
        }

        Prepare(ref writer, count, bytes);
        for (var cursor = After(log, range.End); count > 0 && cursor.Back(); count--)
        {
            writer.WriteEntry(cursor.Id, cursor.Fields);
        }
    }

    /// <summary>Behind the last entry that is not after <paramref name="end"/>.</summary>
    private static StreamCursor After(StreamLog log, StreamId end)
    {
        var cursor = log.From(end);
        if (cursor.Forward() && cursor.Id == end)
        {
            cursor.Skip();
        }

        return cursor;
    }

    private static void Prepare(ref RespMemoryWriter writer, int count, long bytes)
    {
        writer.Realloc((int)Math.Min(bytes + BytesAroundFields, MaxPreparedBytes));
        writer.WriteArrayLength(count);
    }

    private bool TryRead(ref ObjectInput input, ref RespMemoryWriter writer, ref RangeArguments range)
    {
        var arguments = new CommandArguments(in input);
        if (arguments.Count < 2)
        {
            WriteWrongNumberOfArguments(ref writer, reversed ? "xrevrange" : "xrange");
            return false;
        }

        if (range.TryRead(arguments, reversed))
        {
            return true;
        }

        writer.WriteError(range.Error);
        return false;
    }
}
