using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>
/// Follows the intervals of a stream: each must begin where the one before ended. What was seen already is left out, what is missing is
/// made visible. Not thread-safe.
/// </summary>
internal sealed class StreamChain(LogPosition? start)
{
    /// <summary>Everything up to here has been seen; null before the first frame of a stream that began without a cursor.</summary>
    public LogPosition? Position { get; private set; } = start;

    /// <summary>What the reader is to see of this frame, in order: the frame, less of it, nothing, or a notice of a gap before it.</summary>
    public IEnumerable<StreamFrame> Accept(StreamFrame frame)
    {
        switch (frame)
        {
            case EventsFrame events:
                return AcceptEvents(events);
            case GapFrame gap:
                // A log that started again puts the stream back; everything else moves it forward.
                Position = gap.Upto;
                return [gap];
            case PingFrame { Cursor: { } cursor }:
                Position = Position is { } position && position > cursor ? position : cursor;
                return [frame];
            case ResumedFrame resumed:
                Position ??= resumed.After;
                return [frame];
            default:
                return [frame];
        }
    }

    private StreamFrame[] AcceptEvents(EventsFrame frame)
    {
        if (Position is not { } position)
        {
            Position = frame.Upto;
            return [frame];
        }

        if (frame.After > position)
        {
            Position = frame.Upto;
            return [new GapFrame { After = position, Upto = frame.After, Reason = StreamGapReasons.ChainBroken }, frame];
        }

        if (frame.After < position)
        {
            if (frame.Upto <= position)
            {
                return [];
            }

            frame = frame with { After = position, Events = [.. frame.Events.Where(e => IsNew(e.Cursor, position))] };
        }

        Position = frame.Upto;
        return [frame];
    }

    private static bool IsNew(string? cursor, LogPosition position) => !LogPosition.TryParse(cursor, out var at) || at > position;
}
