using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.Http.Events;

/// <summary>Which events of the history are wanted.</summary>
internal sealed record EventQuestion(EventQuery Query, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>The part of a history to look at; it ends where the history ended when it was asked.</summary>
    public HistoryRange RangeOf(HistoryState state, LogPosition? cursor, LogPosition? upto) => new(
        LogPositions.Later(cursor ?? LogPosition.Start, From is { } first ? Before(first) : state.Floor),
        LogPositions.Earlier(LogPositions.Earlier(upto ?? LogPosition.End, To is { } last ? LogPosition.At(last) with { Sequence = ulong.MaxValue }
            : LogPosition.End), state.Head));

    private static LogPosition Before(DateTimeOffset time) =>
        LogPosition.At(time) is { Milliseconds: > 0 } at ? new LogPosition(at.Milliseconds - 1, ulong.MaxValue) : LogPosition.Start;
}
