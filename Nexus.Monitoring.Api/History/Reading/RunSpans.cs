namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>When runs went on, so that a question about one passes over everything before and after it.</summary>
internal static class RunSpans
{
    /// <summary>Milliseconds outside of which there is nothing about any of these runs; null when nothing is known of them.</summary>
    public static (long FirstMs, long LastMs)? Of(BoundConnection connection, IReadOnlyList<string> runs)
    {
        var sql = new SqlText().Add("SELECT min(first_ms), max(last_ms) FROM run_spans WHERE ");
        QuerySql.WriteAll(sql, runs, " OR ", run => sql.Add("run_id = ").Value(run));
        var (first, last) = connection.Rows(sql, row => (row.Integer(0), row.Integer(1)))[0];
        return first is { } began && last is { } ended ? (began, ended) : null;
    }
}
