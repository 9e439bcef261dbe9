using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.Monitoring.Web.Live;

/// <summary>
/// Tells from the connection, the log and the clock whether what is shown is live. Not thread-safe: asked by the pulse only.
/// </summary>
internal sealed class FeedStatusSource(TimeProvider clock, FeedMeter meter)
{
    private FeedStatus _last = new() { Phase = FeedPhase.Connecting, AsOf = clock.GetUtcNow() };

    /// <param name="connection">To the API.</param>
    /// <param name="trouble">Why the state could not be read.</param>
    /// <param name="told">What the API last said about the log.</param>
    /// <param name="state">What there is to show.</param>
    public FeedStatus Next(StreamConnectionState connection, FeedTrouble? trouble, StatusFrame? told, FeedState state)
    {
        var now = clock.GetUtcNow();
        var (isKnown, position) = (state.IsKnown, state.Position);
        var log = told is { Log: StatusFrame.Unavailable } ? told : null;
        var isLive = isKnown && connection.Status == StreamConnectionStatus.Connected && log is null && trouble is null;
        if (isLive)
        {
            var (latency, perSecond) = meter.Read();
            return _last = new FeedStatus
            {
                Phase = FeedPhase.Live,
                AsOf = now,
                Position = position,
                Latency = latency,
                EventsPerSecond = perSecond,
            };
        }

        var wasLive = _last.Phase == FeedPhase.Live;
        return _last = new FeedStatus
        {
            Phase = isKnown && (wasLive || _last.Phase == FeedPhase.Reconnecting) ? FeedPhase.Reconnecting : FeedPhase.Connecting,
            AsOf = _last.Phase == FeedPhase.Connecting ? now : _last.AsOf,
            Position = position,
            LostAt = wasLive ? _last.AsOf : _last.LostAt,
            Attempt = trouble?.Attempt ?? connection.FailedAttempts,
            NextTryAt = trouble?.NextTryAt ?? connection.NextAttemptAt,
            Problem = trouble?.Problem ?? log?.Message ?? connection.Problem,
            IsLogAway = log is not null && connection.Status == StreamConnectionStatus.Connected,
        };
    }
}
