using System.Buffers.Binary;
using System.Text;

namespace Nexus.Monitoring.Contracts.State.Checkpoints;

/// <summary>Reads what a <see cref="BinaryWriter"/> wrote, without a stream in between.</summary>
internal ref struct SegmentReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public int Count()
    {
        var value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var part = Take(1)[0];
            value |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value >= 0 ? value : throw Damaged();
            }
        }

        throw Damaged();
    }

    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    public string? Text(string[] table)
    {
        var index = Count();
        return index == 0 ? null : index <= table.Length ? table[index - 1] : throw Damaged();
    }

    public bool Flag() => Take(1)[0] != 0;

    public int Integer() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long Number() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public long? OptionalNumber() => Flag() ? Number() : null;

    public DateTimeOffset? Time() => OptionalNumber() is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    private static InvalidDataException Damaged() => new("The segment is damaged.");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw Damaged();
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
