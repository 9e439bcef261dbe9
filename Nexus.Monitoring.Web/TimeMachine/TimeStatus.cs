using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Web.TimeMachine;

/// <summary>Where in time one viewer is.</summary>
public sealed record TimeStatus
{
    public static TimeStatus Live { get; } = new() { Mode = TimeMode.Live };

    public required TimeMode Mode { get; init; }

    /// <summary>The instant shown; without meaning while live.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The exact event it stands for; null until that is known.</summary>
    public LogPosition? Position { get; init; }

    /// <summary>Seconds of the past in a second.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Another instant is on its way.</summary>
    public bool IsLoading { get; init; }

    /// <summary>Why the instant that was asked for is not shown.</summary>
    public string? Problem { get; init; }

    public bool IsAway => Mode != TimeMode.Live;
}
