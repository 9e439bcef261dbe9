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

        LeastMs = Math.Min(LeastMs, (long)Math.Floor((received - produced).TotalMilliseconds));
        LastSeenAt = received;
        Events++;
    }
}
