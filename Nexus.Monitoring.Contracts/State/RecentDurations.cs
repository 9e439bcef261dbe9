namespace Nexus.Monitoring.Contracts.State;

/// <summary>Durations of a time just past: the oldest are forgotten slot by slot. Thread-safe.</summary>
/// <param name="clock">What time it is.</param>
/// <param name="slots">How many slots are kept, 1.8 KB each.</param>
/// <param name="slotLength">Of one; whole seconds.</param>
public sealed class RecentDurations(TimeProvider clock, int slots, TimeSpan slotLength)
{
    private readonly Lock _gate = new();
    private readonly DurationHistogram[] _slots = [.. Enumerable.Range(0, slots).Select(_ => new DurationHistogram())];
    private readonly long[] _numbers = new long[slots];

    /// <summary>How far back it remembers.</summary>
    public TimeSpan Window => slotLength * slots;

    /// <summary>Records one duration; a negative one counts as 0.</summary>
    public void Record(TimeSpan duration)
    {
        var number = Number();
        lock (_gate)
        {
            var slot = number % slots;
            if (_numbers[slot] != number)
            {
                _numbers[slot] = number;
                _slots[slot].Clear();
            }

            _slots[slot].Record((long)duration.TotalMilliseconds);
        }
    }

    /// <summary>All that is remembered; the caller's own.</summary>
    public DurationHistogram Read()
    {
        var oldest = Number() - slots;
        var sum = new DurationHistogram();
        lock (_gate)
        {
            for (var i = 0; i < slots; i++)
            {
                if (_numbers[i] > oldest)
                {
                    sum.Add(_slots[i]);
                }
            }
        }

        return sum;
    }

    private long Number() => clock.GetUtcNow().ToUnixTimeSeconds() / (long)slotLength.TotalSeconds;
}
