namespace Nexus.Fanout.Protocols;

/// <summary>What follows from the server's answer so far.</summary>
/// <param name="Consumed">Bytes that are dealt with.</param>
/// <param name="Reply">What to send next; null for nothing.</param>
/// <param name="IsReady">Whether the stream runs; what is not consumed belongs to it.</param>
/// <param name="Failure">Why there will be no stream; null when there may be.</param>
internal readonly record struct HandshakeStep(int Consumed, byte[]? Reply, bool IsReady, string? Failure)
{
    public static HandshakeStep Wait => default;

    public static HandshakeStep Ready(int consumed) => new(consumed, null, true, null);

    public static HandshakeStep Send(int consumed, byte[] reply) => new(consumed, reply, false, null);

    public static HandshakeStep Fail(string why) => new(0, null, false, why);
}
