using System.Diagnostics.CodeAnalysis;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>What a client asks for when it opens a stream.</summary>
/// <param name="Filter">Which events it wants.</param>
/// <param name="Cursor">What it already has; null to start now: with a snapshot where single events are sent, else with an empty interval.</param>
/// <param name="Slow">What is to happen when it falls behind.</param>
/// <param name="Client">Whose budget it reads old entries with; null for one of its own.</param>
internal sealed record StreamRequest(EventFilter Filter, LogPosition? Cursor, SlowPolicy Slow = SlowPolicy.CatchUp, string? Client = null)
{
    public const string CursorParameter = "cursor";

    public const string SlowParameter = "slow";

    /// <summary>A node's clock and the log's may differ by this much; a cursor beyond it was never handed out.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    public static bool TryCreate(
        EventFilter filter,
        string? cursor,
        string? slow,
        DateTimeOffset now,
        [NotNullWhen(true)] out StreamRequest? request,
        [NotNullWhen(false)] out FilterError? error)
    {
        request = null;
        error = null;
        if (!TryParse(slow, out var policy))
        {
            error = new FilterError(SlowParameter, slow!, "catch-up, skip or disconnect is allowed");
            return false;
        }

        if (string.IsNullOrEmpty(cursor))
        {
            request = new StreamRequest(filter, null, policy);
            return true;
        }

        if (!LogPosition.TryParse(cursor, out var position))
        {
            error = new FilterError(CursorParameter, cursor, "the cursor of an event is allowed, such as 1795435391750-3");
            return false;
        }

        if (position.Time > now + ClockTolerance)
        {
            error = AheadOfTheLog(position) with { Value = cursor };
            return false;
        }

        request = new StreamRequest(filter, position, policy);
        return true;
    }

    /// <summary>What is wrong with a cursor that lies after everything that the log has handed out.</summary>
    public static FilterError AheadOfTheLog(LogPosition position) => new(
        CursorParameter, position.ToString(), $"a cursor that this log has handed out is allowed, and this one lies in the future ({position.Time:u})");

    private static bool TryParse(string? slow, out SlowPolicy policy)
    {
        policy = slow switch
        {
            "skip" => SlowPolicy.Skip,
            "disconnect" => SlowPolicy.Disconnect,
            _ => SlowPolicy.CatchUp,
        };
        return slow is null or "" or "catch-up" or "skip" or "disconnect";
    }
}
