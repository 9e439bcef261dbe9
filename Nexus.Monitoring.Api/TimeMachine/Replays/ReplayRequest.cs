using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Api.TimeMachine.Replays;

/// <summary>What a client asks for when it opens a replay.</summary>
/// <param name="Stream">Which events it wants.</param>
/// <param name="From">Where it begins; the client knows everything up to there.</param>
/// <param name="Speed">Seconds of the log in a second.</param>
internal sealed record ReplayRequest(StreamRequest Stream, Instant From, double Speed)
{
    public const string FromParameter = "from";
    public const string SpeedParameter = "speed";
    public const string SeekParameter = "at";
    public const double MaxSpeed = 100;

    /// <summary>Reads where it begins and how fast; false when a value is not valid.</summary>
    public static bool TryCreate(
        StreamRequest stream,
        string? from,
        string? speed,
        DateTimeOffset now,
        [NotNullWhen(true)] out ReplayRequest? request,
        [NotNullWhen(false)] out FilterError? error)
    {
        request = null;
        if (!Instant.TryParse(FromParameter, from, now, out var instant, out error) || !TryParseSpeed(speed, out var pace, out error))
        {
            return false;
        }

        if (stream.Cursor is { } cursor)
        {
            error = new FilterError(StreamRequest.CursorParameter, cursor.ToString(), "either cursor or from is allowed, not both");
            return false;
        }

        request = new ReplayRequest(stream, instant, pace);
        return true;
    }

    /// <summary>Reads a speed; 1 when it is not given.</summary>
    public static bool TryParseSpeed(string? text, out double speed, [NotNullWhen(false)] out FilterError? error)
    {
        speed = 1;
        error = null;
        if (string.IsNullOrEmpty(text)
            || (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out speed) && speed is >= 1 and <= MaxSpeed))
        {
            return true;
        }

        error = new FilterError(SpeedParameter, text, "a number from 1 to 100 is allowed");
        return false;
    }
}
