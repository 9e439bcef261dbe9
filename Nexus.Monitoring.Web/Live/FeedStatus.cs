using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.TimeMachine;

namespace Nexus.Monitoring.Web.Live;

/// <summary>The connection as people need it: is it live, how late, since when lost, when will it be tried again.</summary>
public sealed record FeedStatus
{
    /// <summary>Later than this and "live" would be a lie: the pill says "behind".</summary>
    public static readonly TimeSpan BehindLimit = TimeSpan.FromSeconds(2);

    public required FeedPhase Phase { get; init; }

    /// <summary>Everything up to here has been folded in.</summary>
    public LogPosition Position { get; init; }

    /// <summary>The instant that every value on the page is true for; stops when the stream is lost.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Log to dashboard, median of the last ten seconds; unknown while nothing arrives.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>Events a second over the last ten seconds.</summary>
    public double EventsPerSecond { get; init; }

    /// <summary>Failed attempts since the stream was lost.</summary>
    public int Attempt { get; init; }

    public DateTimeOffset? LostAt { get; init; }

    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>The API is there, but the log behind it does not answer.</summary>
    public bool IsLogAway { get; init; }

    /// <summary>Why the last attempt failed, in one sentence.</summary>
    public string? Problem { get; init; }

    /// <summary>Where in the past the viewer is; null while live.</summary>
    public TimeStatus? Replay { get; init; }

    public bool IsStale => Phase == FeedPhase.Reconnecting;

    public bool IsBehind => Phase == FeedPhase.Live && Latency > BehindLimit;
}
