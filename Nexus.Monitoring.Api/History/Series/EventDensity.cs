using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Profiles;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.History.Writing;
using Nexus.Monitoring.Contracts.History;

namespace Nexus.Monitoring.Api.History.Series;

/// <summary>How many events there were when, and how many failures, in one pass.</summary>
internal static class EventDensity
{
    public const int MaxBuckets = 1_000;

    private const string IsFailure = "event_type IN ('task_failed', 'phase_failed', 'run_failed')";

    public static DensityAnswer Read(DuckDBConnection connection, ProfileScope scope, int buckets, CancellationToken cancellationToken)
    {
        var bound = connection.With(cancellationToken);
        var width = Math.Max(1, (scope.ToMs - scope.FromMs + buckets) / buckets);
        var minutes = width >= MinuteCounts.Minute ? MinutePeriod.Of(bound, scope, MinuteDimensions.OfEvents) : null;
        if (minutes is not null)
        {
            width = (width + MinuteCounts.Minute - 1) / MinuteCounts.Minute * MinuteCounts.Minute;
        }

        var from = minutes is null ? scope.FromMs : scope.FromMs - (scope.FromMs % width);
        var sql = new SqlText().Add("SELECT (ms - ").Value(from).Add(") // ").Value(width);
        if (minutes is { } period)
        {
            period.Counts(sql.Add($" AS b, sum(n)::BIGINT, coalesce(sum(n) FILTER ({IsFailure}), 0)::BIGINT FROM "));
        }
        else
        {
            scope.Where(sql.Add($" AS b, count(*), count(*) FILTER ({IsFailure}) FROM events"));
        }

        var count = (int)((scope.ToMs - from) / width) + 1;
        var (events, failures) = (new long[count], new long[count]);
        bound.Each(sql.Add(" GROUP BY b"), row =>
        {
            // Of a minute that the period begins in the middle of, the rest is counted event by event.
            var bucket = Math.Clamp(row.GetInt64(0), 0, count - 1);
            events[bucket] += row.GetInt64(1);
            failures[bucket] += row.GetInt64(2);
        });
        return new DensityAnswer(DateTimeOffset.FromUnixTimeMilliseconds(from), width, events, failures);
    }
}
