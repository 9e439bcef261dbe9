using System.Diagnostics;

namespace Nexus.Fanout.Measuring;

/// <summary>Microseconds of the monotonic clock; the same in every thread, and what events carry as the time they were sent.</summary>
internal static class Clock
{
    private static readonly double MicrosecondsPerTick = 1e6 / Stopwatch.Frequency;

    public static long Now => (long)(Stopwatch.GetTimestamp() * MicrosecondsPerTick);

    public static long Of(double seconds) => (long)(seconds * 1e6);

    public static double Seconds(long microseconds) => microseconds / 1e6;
}
