using System.Diagnostics.CodeAnalysis;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.TimeMachine;

/// <summary>A place in time: everything up to and including <paramref name="Upto"/>.</summary>
/// <param name="At">The time that was asked for, or that of the position.</param>
/// <param name="Upto">No event after it belongs to the instant.</param>
internal sealed record Instant(DateTimeOffset At, LogPosition Upto)
{
    private const string Allowed = $"a cursor such as 1795435391750-3, {TimeValue.Allowed} is allowed";

    /// <summary>A node's clock and the log's may differ by this much.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    /// <summary>Reads a cursor or a time that is not in the future.</summary>
    public static bool TryParse(
        string parameter, string? text, DateTimeOffset now, [NotNullWhen(true)] out Instant? instant, [NotNullWhen(false)] out FilterError? error)
    {
        instant = Read(text ?? "", now);
        error = instant is null ? new FilterError(parameter, text ?? "", Allowed)
            : instant.At > now + ClockTolerance
                ? new FilterError(parameter, text!, $"a time up to now ({now:yyyy-MM-dd'T'HH:mm:ss'Z'}) is allowed, and this one lies in the future")
            : null;
        return error is null;
    }

    private static Instant? Read(string text, DateTimeOffset now)
    {
        if (text.Contains('-', StringComparison.Ordinal) && LogPosition.TryParse(text, out var position))
        {
            return new Instant(position.Time, position);
        }

        return TimeValue.TryParse(text, out var moment) ? Of(moment.Resolve(now)) : null;
    }

    private static Instant Of(DateTimeOffset at) => new(at, LogPosition.At(at) with { Sequence = ulong.MaxValue });
}
