using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nexus.Fanout.Events;
using Nexus.Fanout.Protocols;

namespace Nexus.Fanout.Clients;

/// <summary>
/// Walks along the frame headers of what WebSocket clients read. Servers may begin a frame anywhere, so that a header can stand in the
/// middle of a mark: only there is the text cut in two, elsewhere headers are scanned with it and do no harm.
/// https://www.rfc-editor.org/rfc/rfc6455#section-5.2
/// </summary>
internal sealed unsafe class FrameReader(int clients, MarkScanner scanner)
{
    private const int MaxHeader = 10;
    private const byte CodeMask = 0x0F;
    private const byte LengthMask = 0x7F;
    private const byte CloseCode = 0x8;
    private const byte PingCode = 0x9;

    private readonly long[] _remaining = new long[clients];
    private readonly byte[] _headers = new byte[clients * MaxHeader];
    private readonly byte[] _headerLengths = new byte[clients];

    /// <summary>The status that the latest close frame gave; 0 when there was none.</summary>
    public int LastCloseStatus { get; private set; }

    /// <summary>Forgets what the client's former connection has begun.</summary>
    public void Reset(int client)
    {
        _remaining[client] = 0;
        _headerLengths[client] = 0;
    }

    /// <summary>Counts what the bytes at the beginning of the scanner's buffer, read at <paramref name="now"/>, bring the client.</summary>
    /// <returns>The pong for a ping among them; null when there was none.</returns>
    public byte[]? Read(int client, int length, long now)
    {
        byte[]? answer = null;
        var position = scanner.Buffer;
        var end = position + length;
        if (_headerLengths[client] > 0)
        {
            position = ContinueHeader(client, position, end);
        }

        var text = position;
        while (end - position > _remaining[client])
        {
            position += _remaining[client];
            var header = HeaderLength(position, end);
            if (header == 0 || position - text < Mark.Length || MarkMayBeOpen(position))
            {
                scanner.Scan(client, text, position, now);
                text = position + header;
            }

            if (header == 0)
            {
                KeepHeader(client, position, end);
                return answer;
            }

            _remaining[client] = PayloadLength(position, header);
            answer = Control(position, header, end) ?? answer;
            position += header;
        }

        _remaining[client] -= end - position;
        scanner.Scan(client, text, end, now);
        return answer;
    }

    /// <summary>0 when the header does not end before <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int HeaderLength(byte* header, byte* end)
    {
        if (end - header < 2)
        {
            return 0;
        }

        var length = (header[1] & LengthMask) switch { 127 => MaxHeader, 126 => 4, _ => 2 };
        return length <= end - header ? length : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long PayloadLength(byte* header, int headerLength) => headerLength switch
    {
        2 => header[1] & LengthMask,
        4 => BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ushort>(header + 2)),
        _ => BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<long>(header + 2)) & long.MaxValue,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool MarkMayBeOpen(byte* position) =>
        Vector256.EqualsAny(Vector256.Load(position - Mark.Length), Vector256.Create((byte)'#'));

    /// <summary>Pings are answered when they came whole, as they do: nothing but a full socket cuts them.</summary>
    private byte[]? Control(byte* header, int headerLength, byte* end)
    {
        var code = header[0] & CodeMask;
        if (code < CloseCode)
        {
            return null;
        }

        var payload = new ReadOnlySpan<byte>(header + headerLength, (int)Math.Min(PayloadLength(header, headerLength), end - header - headerLength));
        if (code == CloseCode && payload.Length >= 2)
        {
            LastCloseStatus = BinaryPrimitives.ReadUInt16BigEndian(payload);
        }

        return code == PingCode ? WebSocketFrame.Pong(payload) : null;
    }

    private void KeepHeader(int client, byte* from, byte* end)
    {
        var part = new ReadOnlySpan<byte>(from, (int)(end - from));
        part.CopyTo(_headers.AsSpan(client * MaxHeader));
        _headerLengths[client] = (byte)part.Length;
        _remaining[client] = 0;
    }

    /// <summary>Adds bytes to the header that the last read has cut, until it is whole. Returns where the text goes on.</summary>
    private byte* ContinueHeader(int client, byte* from, byte* end)
    {
        fixed (byte* header = &_headers[client * MaxHeader])
        {
            int length;
            while ((length = HeaderLength(header, header + _headerLengths[client])) == 0 && from < end)
            {
                header[_headerLengths[client]++] = *from++;
            }

            if (length > 0)
            {
                _remaining[client] = PayloadLength(header, length);
                _headerLengths[client] = 0;
            }

            return from;
        }
    }
}
