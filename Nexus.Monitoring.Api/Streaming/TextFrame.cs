using System.Buffers.Binary;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// Headers of unmasked, unfragmented text messages. Events are kept with theirs, so that what lies in the ring is what goes over a WebSocket.
/// </summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc6455#section-5.2"/>
internal static class TextFrame
{
    public const int MaxHeader = 10;

    private const byte FinalText = 0x81;
    private const byte Length16 = 126;
    private const byte Length64 = 127;

    public static int HeaderLength(int payload) => payload switch
    {
        < Length16 => 2,
        <= ushort.MaxValue => 4,
        _ => MaxHeader,
    };

    /// <summary>Writes <see cref="HeaderLength"/> bytes.</summary>
    public static void WriteHeader(Span<byte> output, int payload)
    {
        output[0] = FinalText;
        switch (HeaderLength(payload))
        {
            case 2:
                output[1] = (byte)payload;
                break;
            case 4:
                output[1] = Length16;
                BinaryPrimitives.WriteUInt16BigEndian(output[2..], (ushort)payload);
                break;
            default:
                output[1] = Length64;
                BinaryPrimitives.WriteUInt64BigEndian(output[2..], (ulong)payload);
                break;
        }
    }

    public static byte[] Of(ReadOnlySpan<byte> payload)
    {
        var header = HeaderLength(payload.Length);
        var frame = GC.AllocateUninitializedArray<byte>(header + payload.Length);
        WriteHeader(frame, payload.Length);
        payload.CopyTo(frame.AsSpan(header));
        return frame;
    }
}
