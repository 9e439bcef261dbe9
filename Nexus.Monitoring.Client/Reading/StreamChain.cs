using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>
/// Follows the intervals of a stream: each must begin where the one before ended. What was seen already is left out; what does not
/// follow is not taken, so that the reader comes back to where the chain was whole; what is still missing then is made visible. Not
/// thread-safe.
/// </summary>
internal sealed class StreamChain(LogPosition? start)
{
    /// <summary>Where the next interval must begin.</summary>
    private LogPosition? _upto = start;

    /// <summary>Where the last interval that the reader saw ended; a connection may begin later, where a ping was.</summary>
    private LogPosition? _shown = start;

    /// <summary>Where the chain broke before; when it breaks there again, the node cannot do better.</summary>
    private LogPosition? _brokenAt;

    /// <summary>
    /// Everything up to here has been seen, or a ping has vouched for it; null before the first frame of a stream that began without a cursor.
    /// </summary>
    public LogPosition? Position { get; private set; } = start;

    /// <summary>A connection begins, at <see cref="Position"/>.</summary>
    public void Begin() => _upto = Position;

    /// <summary>What the reader is to see of this frame, in order: the frame, less of it, nothing, or a notice of a gap before it.</summary>
    /// <param name="frame">As it came.</param>
    /// <param name="accepted">Empty when the answer is false.</param>
    /// <returns>False when the frame does not follow: it is as if it had not come, and the connection is of no more use.</returns>
    public bool TryAccept(StreamFrame frame, out IReadOnlyList<StreamFrame> accepted)
    {
        switch (frame)
        {
            case EventsFrame events:
                return TryAccept(events, out accepted);
            case GapFrame gap:
                accepted = Show(gap);
                Position = _upto = _shown = gap.Upto;
                return true;
            case PingFrame { Cursor: { } cursor }:
                Position = Position is { } position && position > cursor ? position : cursor;
                _upto ??= cursor;
                _shown ??= cursor;
                break;
            case ResumedFrame resumed:
                Position ??= resumed.After;
                _upto ??= resumed.After;
                _shown ??= resumed.After;
                break;
        }

        accepted = [frame];
        return true;
    }

    private bool TryAccept(EventsFrame frame, out IReadOnlyList<StreamFrame> accepted)
    {
        accepted = [];
        if (_upto is not { } upto || _shown is not { } shown)
        {
            Position = _upto = _shown = frame.Upto;
            accepted = [frame];
            return true;
        }

        if (frame.After > upto)
        {
            if (_brokenAt != upto)
            {
                _brokenAt = upto;
                return false;
            }

            accepted = [new GapFrame { After = shown, Upto = frame.After, Reason = StreamGapReasons.ChainBroken }, frame];
        }
        else if (frame.After < upto && frame.Upto <= upto)
        {
            return true;
        }
        else
        {
            accepted = [frame.After == shown ? frame : frame with { After = shown, Events = [.. frame.Events.Where(e => IsNew(e.Cursor, upto))] }];
        }

        _upto = _shown = frame.Upto;
        Position = Position > frame.Upto ? Position : frame.Upto;
        return true;
    }

    /// <summary>A gap that begins later than it should is one from where we are; one after a ping leaves an interval without events before it.</summary>
    private StreamFrame[] Show(GapFrame gap) =>
        _upto is { } upto && gap.After > upto ? [gap with { After = _shown!.Value }]
        : _shown is { } shown && gap.After > shown ? [new EventsFrame { After = shown, Upto = gap.After, Events = [] }, gap]
        : [gap];

    private static bool IsNew(string? cursor, LogPosition upto) => !LogPosition.TryParse(cursor, out var at) || at > upto;
}
