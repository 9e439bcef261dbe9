using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.Frames;

/// <summary>Says every 30 s (configurable) that the stream lives. A client may send one too and gets a <see cref="PongFrame"/>.</summary>
public sealed record PingFrame : StreamFrame
{
    /// <summary>Everything that matches the reader's filter up to here has been sent. Absent when a client sends it.</summary>
    public LogPosition? Cursor { get; init; }
}
