using Nexus.Monitoring.Web.Board;
using Nexus.Monitoring.Web.Lanes;
using Nexus.Monitoring.Web.Live;
using Nexus.Monitoring.Web.Sessions;

namespace Nexus.Monitoring.Web.TimeMachine;

/// <summary>
/// The feed as one viewer sees it: the live one that all share, the instant this viewer has gone to, or the end of an imported session, in which
/// nothing happens any more. Panels ask it and need not know which. What is shown of the past is neither stale nor late.
/// </summary>
internal sealed class ViewFeed(LiveFeed live, TimeView view, SessionView session) : ILiveFeed
{
    private bool IsImported => session.Id is not null;

    public FeedStatus Status => IsImported ? new FeedStatus { Phase = FeedPhase.Live, AsOf = Now }
        : view.HidesLive
        ? new FeedStatus { Phase = FeedPhase.Live, AsOf = Now, Position = view.Shown?.State.Position ?? default, Replay = view.Status }
        : live.Status;

    public FeedGap? Gap => IsImported || view.HidesLive ? null : live.Gap;

    public EventLogView Events => IsImported ? EventLogView.Empty : view.Shown is { } shown ? shown.State.Log.View : view.HidesLive ? EventLogView.Empty : live.Events;

    public DateTimeOffset Now => session.Shown is { } imported ? imported.End.Time : view.Shown is { } shown ? shown.At : view.HidesLive ? view.Status.At : live.Now;

    public BoardModel? Board(string? project) =>
        IsImported ? null : view.Shown is { } shown ? shown.State.Board(project, shown.At) : view.HidesLive ? null : live.Board(project);

    public LaneBoard? Lanes(TimeSpan window) =>
        IsImported ? null : view.Shown is { } shown ? shown.State.Lanes(window, shown.At) : view.HidesLive ? null : live.Lanes(window);

    public void RetryNow() => live.RetryNow();

    public IDisposable Subscribe(Action pulse) => live.Subscribe(pulse);
}
