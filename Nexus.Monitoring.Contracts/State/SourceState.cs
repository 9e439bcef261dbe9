using System.Text.Json.Serialization;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>
/// What is known of the clock of a process that sends events. Between <c>ts</c> by its clock and the event's place in the log, by the log's clock, lie
/// the way there and what the clocks differ by. The way is never shorter than nothing, so the smallest difference of a while estimates how far the
/// process's clock is behind; the estimate is too large by the shortest way. It is shown, and nothing is corrected by it.
/// </summary>
public sealed class SourceState : StateEntry
{
    /// <summary>The estimate is the minimum over this window and the one before it.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(5);

    /// <summary>When everything of this long is later than the estimate by <see cref="Step"/>, the clock was set back: the estimate begins anew.</summary>
    public static TimeSpan StepWindow { get; } = TimeSpan.FromSeconds(20);

    /// <summary>What no way to the log explains for as long as that.</summary>
    public static TimeSpan Step { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The process, <c>service/instance</c>.</summary>
    public required string Source { get; init; }

    /// <summary>How far its clock is behind the log's, in milliseconds; negative when it is ahead.</summary>
    public long OffsetMs => Math.Min(LeastMs, LeastBeforeMs);

    /// <summary>Events it sent.</summary>
    [JsonInclude]
    public long Events { get; internal set; }

    /// <summary>When it was last heard of, by the log's clock.</summary>
    [JsonInclude]
    public DateTimeOffset LastSeenAt { get; internal set; }

    /// <summary>When the present window began, by the log's clock.</summary>
    [JsonInclude]
    public DateTimeOffset WindowStart { get; internal set; }

    /// <summary>Smallest difference of the present window, in milliseconds.</summary>
    [JsonInclude]
    public long LeastMs { get; internal set; } = long.MaxValue;

    /// <summary>Smallest difference of the window before, in milliseconds.</summary>
    [JsonInclude]
    public long LeastBeforeMs { get; internal set; } = long.MaxValue;

    /// <summary>When the short window began that finds a clock that was set, by the log's clock.</summary>
    [JsonInclude]
    public DateTimeOffset RecentStart { get; internal set; }

    /// <summary>Smallest difference of the short window, in milliseconds.</summary>
    [JsonInclude]
    public long RecentLeastMs { get; internal set; } = long.MaxValue;

    /// <param name="produced">By the producer's clock.</param>
    /// <param name="received">By the log's clock.</param>
    internal void Observe(DateTimeOffset produced, DateTimeOffset received)
    {
        var passed = received - WindowStart;
        if (passed >= Window)
        {
            LeastBeforeMs = passed < Window * 2 ? LeastMs : long.MaxValue;
            LeastMs = long.MaxValue;
            WindowStart = received;
        }

        var difference = (long)Math.Floor((received - produced).TotalMilliseconds);
        LeastMs = Math.Min(LeastMs, difference);
        FindStep(difference, received);
        LastSeenAt = received;
        Events++;
    }

    private void FindStep(long difference, DateTimeOffset received)
    {
        var isOver = received - RecentStart >= StepWindow;
        if (isOver && RecentLeastMs != long.MaxValue && RecentLeastMs - OffsetMs > Step.TotalMilliseconds && difference - OffsetMs > Step.TotalMilliseconds)
        {
            (LeastMs, LeastBeforeMs, WindowStart) = (Math.Min(RecentLeastMs, difference), long.MaxValue, received);
        }

        (RecentStart, RecentLeastMs) = isOver ? (received, difference) : (RecentStart, Math.Min(RecentLeastMs, difference));
    }
}
