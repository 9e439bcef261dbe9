using System.Buffers.Binary;

namespace Nexus.Fanout.Protocols;

/// <summary>Frames as a client sends them: whole, masked with zeros. https://www.rfc-editor.org/rfc/rfc6455#section-5.2</summary>
internal static class WebSocketFrame
{
    private const byte Final = 0x80;
    private const byte TextCode = 0x1;
    private const byte PongCode = 0xA;
    private const byte Masked = 0x80;
    private const int MaskLength = 4;
    private const int LongLength = 126;

    public static byte[] Text(ReadOnlySpan<byte> payload) => Create(TextCode, payload);

    public static byte[] Pong(ReadOnlySpan<byte> payload) => Create(PongCode, payload);

    private static byte[] Create(byte code, ReadOnlySpan<byte> payload)
    {
        var header = payload.Length < LongLength ? 2 : 4;
        var frame = new byte[header + MaskLength + payload.Length];
        frame[0] = (byte)(Final | code);
        frame[1] = (byte)(Masked | Math.Min(payload.Length, LongLength));
        if (header == 4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), checked((ushort)payload.Length));
        }

        payload.CopyTo(frame.AsSpan(header + MaskLength));
        return frame;
    }
}
