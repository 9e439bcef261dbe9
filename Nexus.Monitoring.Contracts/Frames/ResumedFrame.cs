using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.Frames;

/// <summary>The given cursor was honoured; what follows is live.</summary>
public sealed record ResumedFrame : StreamFrame
{
    /// <summary>The cursor that the reader came with.</summary>
    public required LogPosition After { get; init; }

    /// <summary>How many entries of the log were read again for it, before filtering.</summary>
    public required long Replayed { get; init; }
}
