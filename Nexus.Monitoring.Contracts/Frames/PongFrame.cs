using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.Frames;

/// <summary>Answers a client's ping.</summary>
public sealed record PongFrame : StreamFrame
{
    /// <summary>Everything that matches the reader's filter up to here has been sent. Absent when a client sends it.</summary>
    public LogPosition? Cursor { get; init; }
}
