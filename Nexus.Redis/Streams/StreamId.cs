using System.Buffers.Text;

namespace Nexus.Redis.Streams;

/// <summary>The place of an entry in its stream, written <c>milliseconds-sequence</c>. Both parts use all 64 bits.</summary>
internal readonly record struct StreamId(ulong Milliseconds, ulong Sequence) : IComparable<StreamId>
{
    /// <summary>Two 20-digit numbers and the dash.</summary>
    public const int MaxTextLength = 41;

    public static readonly StreamId Min = new(0, 0);

    public static readonly StreamId Max = new(ulong.MaxValue, ulong.MaxValue);

    public static bool operator <(StreamId left, StreamId right) => left.CompareTo(right) < 0;

    public static bool operator >(StreamId left, StreamId right) => left.CompareTo(right) > 0;

    public static bool operator <=(StreamId left, StreamId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(StreamId left, StreamId right) => left.CompareTo(right) >= 0;

    public int CompareTo(StreamId other)
    {
        var byTime = Milliseconds.CompareTo(other.Milliseconds);
        return byTime != 0 ? byTime : Sequence.CompareTo(other.Sequence);
    }

    /// <summary>Not defined for <see cref="Max"/>.</summary>
    public StreamId Next() => Sequence == ulong.MaxValue ? new(Milliseconds + 1, 0) : this with { Sequence = Sequence + 1 };

    /// <summary>Not defined for <see cref="Min"/>.</summary>
    public StreamId Previous() => Sequence == 0 ? new(Milliseconds - 1, ulong.MaxValue) : this with { Sequence = Sequence - 1 };

    public int Format(Span<byte> destination)
    {
        Utf8Formatter.TryFormat(Milliseconds, destination, out var length);
        destination[length++] = (byte)'-';
        Utf8Formatter.TryFormat(Sequence, destination[length..], out var sequenceLength);
        return length + sequenceLength;
    }
}
