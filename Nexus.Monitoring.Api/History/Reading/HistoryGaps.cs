using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>What history itself missed, because the log had lost it before it was read.</summary>
internal sealed class HistoryGaps(DuckDbHistory history)
{
    /// <summary>Where the next gap after a position begins; <see cref="LogPosition.End"/> when there is none; null when the position lies
    /// in one.</summary>
    public async Task<LogPosition?> FirstAfterAsync(LogPosition after, CancellationToken cancellationToken)
    {
        try
        {
            var gaps = await history.AskAsync(
                (connection, cancel) => connection.With(cancel).Rows(
                    new SqlText().Add(
                        """
                        SELECT after_ms, after_seq, upto_ms, upto_seq FROM gaps
                        WHERE (after_ms, after_seq) <> (upto_ms, upto_seq) ORDER BY after_ms, after_seq
                        """),
                    row => (After: new LogPosition(row.GetFieldValue<ulong>(0), row.GetFieldValue<ulong>(1)),
                        Upto: new LogPosition(row.GetFieldValue<ulong>(2), row.GetFieldValue<ulong>(3)))),
                cancellationToken);
            var next = gaps.Where(gap => gap.Upto > after).Select(gap => (LogPosition?)gap.After).FirstOrDefault();
            return next is null ? LogPosition.End : next > after ? next : null;
        }
        catch (Exception error) when (error is HistoryUnavailableException or TimeoutException)
        {
            return null;
        }
    }
}
