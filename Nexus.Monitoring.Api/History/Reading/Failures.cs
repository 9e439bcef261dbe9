using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>The table <c>failures</c>, and what it can answer.</summary>
internal static class Failures
{
    /// <summary>Where the failures are that a query asks for; the columns that both tables have have the same names.</summary>
    public static string TableFor(EventQuery query) => QueryFields.AreWithin(query, AttemptEnds.Fields) ? "failures" : "events";

    /// <summary>What kind of failure it was where a producer said so, of the runs and the milliseconds that the condition names.</summary>
    public static Dictionary<LogPosition, string> Kinds(BoundConnection bound, Action<SqlText> writeCondition)
    {
        var sql = new SqlText().Add("SELECT ms, seq, failure_kind FROM failures WHERE failure_kind IS NOT NULL AND ");
        writeCondition(sql);
        var kinds = new Dictionary<LogPosition, string>();
        bound.Each(sql, row => kinds[row.Position()] = row.GetString(2));
        return kinds;
    }
}
