using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace Nexus.Fanout.Native;

/// <summary><c>sockaddr_in</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SocketAddress
{
    public ushort Family;
    public ushort Port;
    public uint Address;
    public ulong Padding;

    public static SocketAddress Of(IPEndPoint endPoint)
    {
        Span<byte> bytes = stackalloc byte[4];
        endPoint.Address.TryWriteBytes(bytes, out _);
        return new SocketAddress
        {
            Family = Libc.Internet,
            Port = BinaryPrimitives.ReverseEndianness((ushort)endPoint.Port),
            Address = MemoryMarshal.Read<uint>(bytes),
        };
    }
}
