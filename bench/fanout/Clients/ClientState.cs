namespace Nexus.Fanout.Clients;

internal enum ClientState : byte
{
    /// <summary>Has no connection.</summary>
    Closed,

    Connecting,

    Handshaking,

    Live,

    /// <summary>Got its stream and never reads it.</summary>
    Frozen,
}
