using System.Buffers.Binary;
using System.Text;

namespace Nexus.IntegrationTests.Wire;

/// <summary>A frame as RFC 6455, section 5.2, draws it.</summary>
/// <param name="Opcode">Four bits.</param>
/// <param name="Payload">Unmasked.</param>
public sealed record RawFrame(int Opcode, byte[] Payload)
{
    public const int Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10;

    private static readonly byte[] Mask = [0x37, 0xFA, 0x21, 0x3D];

    /// <summary>The close code; null when the frame holds none.</summary>
    public int? CloseCode => Payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(Payload) : null;

    /// <summary>The bytes of a client's frame.</summary>
    /// <param name="opcode">Any four bits.</param>
    /// <param name="payload">What it carries.</param>
    /// <param name="fin">Whether it is the message's last.</param>
    /// <param name="rsv">The three reserved bits, RSV1 = 4.</param>
    /// <param name="masked">A client's frames must be.</param>
    /// <param name="lengthBytes">1, 3 or 9 bytes for the length; as many as are needed by default.</param>
    /// <param name="claimedLength">What the header says; the payload's length by default.</param>
    public static byte[] Of(
        int opcode, byte[] payload, bool fin = true, int rsv = 0, bool masked = true, int lengthBytes = 0, ulong? claimedLength = null)
    {
        var length = claimedLength ?? (ulong)payload.Length;
        var bytes = new List<byte> { (byte)((fin ? 0x80 : 0) | (rsv << 4) | opcode) };
        var maskBit = masked ? 0x80 : 0;
        switch (lengthBytes > 0 ? lengthBytes : length < 126 ? 1 : length <= ushort.MaxValue ? 3 : 9)
        {
            case 1:
                bytes.Add((byte)(maskBit | (int)length));
                break;
            case 3:
                bytes.Add((byte)(maskBit | 126));
                bytes.AddRange([(byte)(length >> 8), (byte)length]);
                break;
            default:
                bytes.Add((byte)(maskBit | 127));
                for (var shift = 56; shift >= 0; shift -= 8)
                {
                    bytes.Add((byte)(length >> shift));
                }

                break;
        }

        if (masked)
        {
            bytes.AddRange(Mask);
            bytes.AddRange(payload.Select((one, index) => (byte)(one ^ Mask[index % 4])));
        }
        else
        {
            bytes.AddRange(payload);
        }

        return [.. bytes];
    }

    public static byte[] OfText(string text, bool fin = true) => Of(Text, Encoding.UTF8.GetBytes(text), fin);

    public static byte[] OfClose(int code, string reason = "") => Of(Close, [(byte)(code >> 8), (byte)code, .. Encoding.UTF8.GetBytes(reason)]);
}
