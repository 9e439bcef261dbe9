using System.Buffers;
using Garnet.common;

namespace Nexus.Redis.Commands;

internal static class ProcedureReply
{
    public static void Set(ref MemoryResult<byte> output, ReadOnlySpan<byte> reply)
    {
        output.MemoryOwner?.Dispose();
        output.MemoryOwner = MemoryPool<byte>.Shared.Rent(reply.Length);
        output.Length = reply.Length;
        reply.CopyTo(output.MemoryOwner.Memory.Span);
    }
}
