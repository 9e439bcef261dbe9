namespace Nexus.Fanout.Cli;

/// <summary>How events are handed in.</summary>
internal enum PublishWith
{
    /// <summary>Into the Redis stream that Nexus reads, with a doorbell a batch.</summary>
    Nexus,

    /// <summary>Redis <c>PUBLISH</c>.</summary>
    Redis,

    /// <summary>NATS <c>PUB</c> over plain TCP.</summary>
    Nats,

    /// <summary>Pipelined POSTs.</summary>
    Http,
}
