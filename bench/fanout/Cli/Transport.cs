namespace Nexus.Fanout.Cli;

/// <summary>How clients get their stream.</summary>
internal enum Transport
{
    /// <summary>WebSocket of any server that streams after the upgrade: Nexus, nchan.</summary>
    Ws,

    /// <summary>Server-sent events.</summary>
    Sse,

    Ndjson,

    /// <summary>Nexus's SignalR hub, asked with <c>Subscribe</c>.</summary>
    SignalR,

    /// <summary>A SignalR hub that calls all its clients.</summary>
    StockSignalR,

    /// <summary>Redis pub/sub over plain TCP.</summary>
    Redis,

    /// <summary>NATS over its WebSocket.</summary>
    Nats,
}
