using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>Conditions on positions. The bounds of <c>ms</c> alone come first: they pass over whole parts of the file.</summary>
internal static class PositionSql
{
    public static void Write(SqlText sql, HistoryRange range)
    {
        var (afterMs, afterSeq) = Split(range.After);
        var (uptoMs, uptoSeq) = Split(range.Upto);
        sql.Add("ms BETWEEN ").Value(afterMs).Add(" AND ").Value(uptoMs);
        sql.Add(" AND (ms > ").Value(afterMs).Add(" OR seq > ").Value(afterSeq).Add(")");
        sql.Add(" AND (ms < ").Value(uptoMs).Add(" OR seq <= ").Value(uptoSeq).Add(")");
    }

    /// <summary>Columns are signed; no log will ever reach where that matters.</summary>
    private static (long Ms, long Seq) Split(LogPosition position) =>
        ((long)Math.Min(position.Milliseconds, long.MaxValue), (long)Math.Min(position.Sequence, long.MaxValue));
}
