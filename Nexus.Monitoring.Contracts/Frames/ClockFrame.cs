using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.Frames;

/// <summary>
/// Where a replay stands: at its beginning, with every change of its pace, and at least four times a second while it goes on.
/// </summary>
public sealed record ClockFrame : StreamFrame
{
    /// <summary>Value of <see cref="State"/>: time passes.</summary>
    public const string Playing = "playing";

    /// <summary>Value of <see cref="State"/>: time stands still.</summary>
    public const string Paused = "paused";

    /// <summary>Value of <see cref="State"/>: the end of the log was reached, and the stream goes on live.</summary>
    public const string Live = "live";

    /// <summary>The replay's time, by the log's clock.</summary>
    public required DateTimeOffset Clock { get; init; }

    /// <summary>Everything that matches the reader's filter up to here has been sent.</summary>
    public required LogPosition Cursor { get; init; }

    /// <summary>Seconds of the log in a second, 1 to 100.</summary>
    public required double Speed { get; init; }

    /// <summary><see cref="Playing"/>, <see cref="Paused"/> or <see cref="Live"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why what the client asked for was not done; absent when it was.</summary>
    public string? Error { get; init; }
}
