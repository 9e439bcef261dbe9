using System.Buffers;
using Garnet.common;

namespace Nexus.Redis.Commands;

/// <summary>Replies of procedures, which run other commands and see their replies.</summary>
internal static class ProcedureReply
{
    public static bool IsError(ReadOnlySpan<byte> reply) => reply is [(byte)'-', ..];

    public static void Set(ref MemoryResult<byte> output, ReadOnlySpan<byte> reply)
    {
        output.MemoryOwner?.Dispose();
        output.MemoryOwner = MemoryPool<byte>.Shared.Rent(reply.Length);
        output.Length = reply.Length;
        reply.CopyTo(output.MemoryOwner.Memory.Span);
    }

    /// <summary>Garnet hands errors of its own to a procedure without the end of the line.</summary>
    public static void SetError(ref MemoryResult<byte> output, ReadOnlySpan<byte> error) =>
        Set(ref output, [.. error.TrimEnd("\r\n"u8), .. "\r\n"u8]);
}
