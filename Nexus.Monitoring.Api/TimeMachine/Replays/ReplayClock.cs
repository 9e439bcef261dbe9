namespace Nexus.Monitoring.Api.TimeMachine.Replays;

/// <summary>
/// The time of a replay. It runs so many times as fast as the node's, but never ahead of what could be read or sent: a client that does not take
/// what it is sent slows it down instead of piling up a debt. Not thread-safe.
/// </summary>
internal sealed class ReplayClock(TimeProvider time, DateTimeOffset start, double speed)
{
    /// <summary>What passed at most between two looks; more means that something had to be waited for.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromMilliseconds(250);

    private long _looked = time.GetTimestamp();

    public DateTimeOffset Now { get; private set; } = start;

    public double Speed { get; set; } = speed;

    public bool IsPlaying { get; private set; } = true;

    /// <summary>Lets time pass since the last look; never beyond <paramref name="most"/>.</summary>
    public void Advance(DateTimeOffset most)
    {
        var now = time.GetTimestamp();
        var passed = time.GetElapsedTime(_looked, now);
        _looked = now;
        if (IsPlaying)
        {
            var next = Now + ((passed < LongestStep ? passed : LongestStep) * Speed);
            Now = next < most ? next : most > Now ? most : Now;
        }
    }

    public void Play(bool isPlaying)
    {
        IsPlaying = isPlaying;
        _looked = time.GetTimestamp();
    }

    public void Set(DateTimeOffset at)
    {
        Now = at;
        _looked = time.GetTimestamp();
    }
}
