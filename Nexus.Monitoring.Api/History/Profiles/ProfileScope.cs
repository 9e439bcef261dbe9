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
    private static readonly (long FirstMs, long LastMs) Nothing = (1, 0);

    private (long FirstMs, long LastMs)? _span;

    public static IReadOnlyList<string> Dimensions { get; } = ["project", "task_type", "phase", "worker", "event_type"];

    public long FromMs => From.ToUnixTimeMilliseconds();

    public long ToMs => To.ToUnixTimeMilliseconds();

    /// <summary>The field of a dimension.</summary>
    public static string? Field(string? dimension) => dimension switch
    {
        "project" => "project_id",
        "worker" => "worker_id",
        "task_type" or "phase" or "event_type" or null => dimension,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension)),
    };

    /// <summary>The column of a dimension, as text.</summary>
    public static string Column(string? dimension) => $"{Field(dimension) ?? "NULL"}::VARCHAR";

    /// <summary>The same question, which looks no further than the runs it asks for went on.</summary>
    public ProfileScope Narrow(BoundConnection connection)
    {
        var runs = RunId is null ? Query.RequiredValues("run_id") : [RunId];
        return runs.Count == 0 ? this : this with { _span = RunSpans.Of(connection, runs) ?? Nothing };
    }

    public SqlText Where(SqlText sql)
    {
        var (first, last) = _span ?? (FromMs, ToMs);
        sql.Add(" WHERE ms BETWEEN ").Value(Math.Max(first, FromMs)).Add(" AND ").Value(Math.Min(last, ToMs));
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
