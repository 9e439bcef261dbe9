namespace Nexus.Fanout.Protocols;

/// <summary>How a client gets from a connected socket to a running stream. After that only marks are looked for.</summary>
internal abstract class ClientProtocol
{
    /// <summary>What the client says first.</summary>
    /// <param name="client">Its number.</param>
    /// <param name="cursor">Where to resume; null to begin now.</param>
    public abstract byte[] Open(int client, string? cursor);

    /// <summary>Judges all that the server has said so far in answer.</summary>
    /// <param name="handshake">The client's; counts its stages.</param>
    /// <param name="received">Everything received and not yet consumed by an earlier stage.</param>
    public abstract HandshakeStep Continue(Handshake handshake, ReadOnlySpan<byte> received);

    /// <summary>What a client must send from time to time to be kept; null when nothing.</summary>
    public virtual byte[]? KeepAlive => null;

    /// <summary>Whether the stream comes in WebSocket frames.</summary>
    public virtual bool IsFramed => false;
}
