using Nexus.Fanout.Measuring;
using Nexus.Fanout.Native;

namespace Nexus.Fanout.Publishing;

/// <summary>Open loop: events are due at fixed times, whatever the clients do.</summary>
internal sealed class Rate(double eventsPerSecond, long start) : IPace
{
    private const long ShortestWait = 50;
    private const long LongestWait = 5_000;

    /// <summary>Microseconds by which the publisher was late at worst: how far the load itself can be trusted.</summary>
    public long WorstDelay { get; private set; }

    public int Allowed(long now, int sent)
    {
        var due = (int)Math.Min(int.MaxValue, Clock.Seconds(now - start) * eventsPerSecond);
        if (due > sent)
        {
            WorstDelay = Math.Max(WorstDelay, now - DueAt(sent + 1));
        }

        return due - sent;
    }

    public unsafe void Wait(long now, int sent)
    {
        var microseconds = Math.Clamp(DueAt(sent + 1) - now, ShortestWait, LongestWait);
        var duration = new TimeSpec { Nanoseconds = (nint)(microseconds * 1000) };
        _ = Libc.Sleep(&duration, null);
    }

    private long DueAt(int count) => start + Clock.Of(count / eventsPerSecond);
}
