namespace Nexus.Coordinator.Sim.Chaos;

/// <summary>
/// The clock by which this process dates its events, wrong for a while. Only what time of day it is: elapsed time passes as it does, as on a
/// machine whose clock was set.
/// </summary>
internal sealed class SkewedClock(TimeProvider right) : TimeProvider
{
    private readonly Timed<TimeSpan> _offset = new(right, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => right.LocalTimeZone;

    public override long TimestampFrequency => right.TimestampFrequency;

    /// <summary>Sets the clock forward, or back when <paramref name="offset"/> is negative.</summary>
    public void Skew(TimeSpan offset, TimeSpan duration) => _offset.Hold(offset, duration);

    public override DateTimeOffset GetUtcNow() => right.GetUtcNow() + _offset.Value;

    public override long GetTimestamp() => right.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        right.CreateTimer(callback, state, dueTime, period);
}
