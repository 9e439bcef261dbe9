namespace Nexus.Monitoring.Contracts.Frames;

/// <summary>Says that the node lost the log, or has it again. The reader stays connected; nothing is skipped in between.</summary>
public sealed record StatusFrame : StreamFrame
{
    /// <summary><see cref="Connected"/> or <see cref="Unavailable"/>.</summary>
    public required string Log { get; init; }

    /// <summary>Since when, by the node's clock.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>One sentence for people; absent when all is well.</summary>
    public string? Message { get; init; }

    /// <summary>The log answers.</summary>
    public const string Connected = "connected";

    /// <summary>The log does not answer; events wait there or at their producers.</summary>
    public const string Unavailable = "unavailable";
}
