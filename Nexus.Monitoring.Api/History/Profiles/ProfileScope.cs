using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Profiles;

/// <summary>Which events are counted.</summary>
/// <param name="From">First millisecond of the log's clock.</param>
/// <param name="To">Last one.</param>
/// <param name="Query">What else they have to match.</param>
/// <param name="Now">What relative times refer to.</param>
/// <param name="RunId">Only of this run.</param>
internal sealed record ProfileScope(DateTimeOffset From, DateTimeOffset To, EventQuery Query, DateTimeOffset Now, string? RunId = null)
{
    public static IReadOnlyList<string> Dimensions { get; } = ["project", "task_type", "phase", "worker", "event_type"];

    public long FromMs => From.ToUnixTimeMilliseconds();

    public long ToMs => To.ToUnixTimeMilliseconds();

    /// <summary>The column of a dimension, as text.</summary>
    public static string Column(string? dimension) => dimension switch
    {
        "project" => "project_id",
        "task_type" => "task_type",
        "phase" => "phase",
        "worker" => "worker_id::VARCHAR",
        "event_type" => "event_type",
        null => "NULL::VARCHAR",
        _ => throw new ArgumentOutOfRangeException(nameof(dimension)),
    };

    public SqlText Where(SqlText sql)
    {
        sql.Add(" WHERE ms BETWEEN ").Value(FromMs).Add(" AND ").Value(ToMs);
        if (RunId is not null)
        {
            sql.Add(" AND run_id = ").Value(RunId);
        }

        if (!Query.MatchesAll)
        {
            sql.Add(" AND ");
            QuerySql.Write(sql, Query, Now);
        }

        return sql;
    }
}
