using Nexus.Monitoring.Web.Board;
using Nexus.Monitoring.Web.Lanes;
using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.Tests.Components;

/// <summary>A feed that shows what a test puts into it, and pulses when told to.</summary>
internal sealed class FakeFeed : ILiveFeed
{
    private readonly PulseSubscribers _subscribers = new();

    public EventLog Log { get; } = new();

    public BoardModel? Shown { get; set; }

    public FeedStatus Status { get; set; } = new() { Phase = FeedPhase.Live, AsOf = DateTimeOffset.UnixEpoch };

    public FeedGap? Gap { get; set; }

    public int Retries { get; private set; }

    public EventLogView Events => Log.View;

    public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public BoardModel? Board(string? project) => Shown;

    public LaneBoard? ShownLanes { get; set; }

    public LaneBoard? Lanes(TimeSpan window) => ShownLanes;

    public void RetryNow() => Retries++;

    public IDisposable Subscribe(Action pulse) => _subscribers.Add(pulse);

    public int Listeners => _subscribers.Count;

    public void Pulse() => _subscribers.Pulse();
}
