using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>Goes on from a position. Floor, gaps and events are read in one transaction, so that nothing can be deleted in between unseen.</summary>
internal static class HistoryResume
{
    public static HistoryPassage Read(DuckDBConnection connection, LogPosition after, LogPosition upto, int limit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        using var moment = connection.BeginTransaction();
        var (floor, head) = HistoryDatabase.ReadProgress(connection);
        if (after < floor || after >= head)
        {
            return new HistoryPassage(floor, null, null);
        }

        var next = Gaps(connection.With(cancellationToken)).FirstOrDefault(gap => gap.Upto > after);
        if (next.Upto > after && next.After <= after)
        {
            return new HistoryPassage(floor, next, null);
        }

        var end = LogPositions.Earlier(LogPositions.Earlier(head, upto), next.Upto > after ? next.After : LogPosition.End);
        return new HistoryPassage(
            floor, null,
            end > after
                ? new EventSearch(connection, EventQuery.All, time, cancellationToken).Read(new HistoryRange(after, end), isBackwards: false, limit)
                : null);
    }

    /// <summary>What history itself missed, because the log had lost it before it was read.</summary>
    private static List<HistoryRange> Gaps(BoundConnection bound) => bound.Rows(
        new SqlText().Add(
            """
            SELECT after_ms, after_seq, upto_ms, upto_seq FROM gaps
            WHERE (after_ms, after_seq) <> (upto_ms, upto_seq) ORDER BY after_ms, after_seq
            """),
        row => new HistoryRange(
            new LogPosition(row.GetFieldValue<ulong>(0), row.GetFieldValue<ulong>(1)),
            new LogPosition(row.GetFieldValue<ulong>(2), row.GetFieldValue<ulong>(3))));
}
