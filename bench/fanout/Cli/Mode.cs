namespace Nexus.Fanout.Cli;

/// <summary>What is measured.</summary>
internal enum Mode
{
    /// <summary>Deliveries and latency.</summary>
    Load,

    /// <summary>The server's memory for connections on which nothing happens.</summary>
    Idle,

    /// <summary>How fast clients that were cut off are up to date again.</summary>
    Reconnect,
}
