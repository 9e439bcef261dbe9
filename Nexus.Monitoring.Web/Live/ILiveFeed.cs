using Nexus.Monitoring.Web.Board;
using Nexus.Monitoring.Web.Lanes;

namespace Nexus.Monitoring.Web.Live;

/// <summary>
/// The one subscription of this process, shared by every circuit. All members are thread-safe and give finished, immutable answers.
/// </summary>
internal interface ILiveFeed
{
    FeedStatus Status { get; }

    /// <summary>The newest gap, until nobody can see the time it lies in any more.</summary>
    FeedGap? Gap { get; }

    EventLogView Events { get; }

    /// <summary>The clock of the page: it stops when the stream is lost.</summary>
    DateTimeOffset Now { get; }

    /// <summary>What there is to see, of one project or of all; at most half a second old. Null until something has arrived.</summary>
    BoardModel? Board(string? project);

    /// <summary>What each worker did in the time up to now; at most a second old. Null until something has arrived.</summary>
    LaneBoard? Lanes(TimeSpan window);

    /// <summary>Tries to connect now instead of when the back-off ends.</summary>
    void RetryNow();

    /// <summary>Calls <paramref name="pulse"/> ten times a second; it must return at once.</summary>
    IDisposable Subscribe(Action pulse);
}
