using System.Runtime.CompilerServices;

namespace Nexus.Fanout.Events;

/// <summary>
/// What makes an event recognisable in any framing, 32 ASCII bytes that no JSON encoder escapes:
/// <c>#@</c>, six letters of the run, eight digits of the event's number, sixteen digits of the microsecond at which it was sent.
/// <code>#@qzkvwj000012340000004711223344</code>
/// </summary>
internal static unsafe class Mark
{
    public const int Length = 32;
    public const int KeyLength = 8;
    public const int MaxNumber = 99_999_999;

    private const int NumberLength = 8;
    private const ulong Zeros = 0x3030303030303030;

    /// <summary>A key that differs from run to run, so that what an earlier run left on a server is not counted.</summary>
    public static byte[] NewKey()
    {
        var key = new byte[KeyLength];
        "#@"u8.CopyTo(key);
        // Letters that occur rarely in the rest of an event: the search for the key stops at its first and last byte.
        System.Security.Cryptography.RandomNumberGenerator.GetItems("jqvwzk"u8, key.AsSpan(2));
        return key;
    }

    public static void Write(Span<byte> mark, ReadOnlySpan<byte> key, int number, long sent)
    {
        key.CopyTo(mark);
        WriteDigits(mark.Slice(KeyLength, NumberLength), number);
        WriteDigits(mark.Slice(KeyLength + NumberLength, Length - KeyLength - NumberLength), sent);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Number(byte* mark) => (int)EightDigits(mark + KeyLength);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Sent(byte* mark) =>
        ((long)EightDigits(mark + KeyLength + NumberLength) * 100_000_000) + EightDigits(mark + KeyLength + (2 * NumberLength));

    public static void WriteDigits(Span<byte> digits, long value)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            (value, var digit) = Math.DivRem(value, 10);
            digits[i] = (byte)('0' + digit);
        }
    }

    /// <summary>Adds neighbours three times: digits to pairs, pairs to fours, fours to the number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint EightDigits(byte* digits)
    {
        var value = Unsafe.ReadUnaligned<ulong>(digits) - Zeros;
        value = (value * 10) + (value >> 8);
        return (uint)((((value & 0x000000FF000000FF) * 0x000F424000000064) + (((value >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32);
    }
}
