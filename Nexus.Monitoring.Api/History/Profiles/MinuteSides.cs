using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.History;

namespace Nexus.Monitoring.Api.History.Profiles;

/// <summary>One side of a comparison, added up from whole minutes: counts are exact, percentiles those of their class.</summary>
internal static class MinuteSides
{
    public static Dictionary<(string? Type, string? Phase), ComparedSide> Read(BoundConnection connection, MinutePeriod minutes)
    {
        var times = new Dictionary<(string?, string?, bool IsWait), TimeHistogram>();
        var sql = new SqlText().Add("SELECT task_type, phase, is_wait, bucket, sum(n)::BIGINT, sum(total)::BIGINT, max(most) FROM ");
        connection.Each(minutes.TaskTimes(sql).Add(" GROUP BY task_type, phase, is_wait, bucket"), row =>
        {
            var key = (row.Text(0), row.Text(1), row.GetBoolean(2));
            if (!times.TryGetValue(key, out var histogram))
            {
                times[key] = histogram = new TimeHistogram();
            }

            histogram.Add(row.GetInt16(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6));
        });

        var counts = minutes.Counts(new SqlText().Add(
            $"""
            SELECT task_type, phase, coalesce(sum(n) FILTER (event_type <> '{EventTypes.TaskStarted}'), 0)::BIGINT,
                   coalesce(sum(n) FILTER (event_type IN ('{EventTypes.TaskFailed}', '{EventTypes.TaskRetry}')), 0)::BIGINT FROM
            """).Add(" ")).Add(" WHERE event_type IN ('task_started', 'task_completed', 'task_failed', 'task_retry')")
            .Add(" GROUP BY task_type, phase LIMIT 1000");
        var sides = new Dictionary<(string?, string?), ComparedSide>();
        connection.Each(counts, row =>
        {
            var (type, phase) = (row.Text(0), row.Text(1));
            var (run, wait) = (times.GetValueOrDefault((type, phase, false)), times.GetValueOrDefault((type, phase, true)));
            sides[(type, phase)] = new ComparedSide(
                row.GetInt64(2), row.GetInt64(3), run?.Percentile(0.5), run?.Percentile(0.95), wait?.Percentile(0.5), wait?.Percentile(0.95));
        });
        return sides;
    }
}
