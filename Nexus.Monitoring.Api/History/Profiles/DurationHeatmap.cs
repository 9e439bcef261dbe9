using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Contracts.History;

namespace Nexus.Monitoring.Api.History.Profiles;

/// <summary>Counts attempts by when they ended, or began to be worked on, and by how long they had taken.</summary>
internal static class DurationHeatmap
{
    /// <summary>A class of a row's <c>bucket</c> (see <see cref="TimeBuckets"/>): two to each doubling, from 1 ms on.</summary>
    private const string Class =
        "CASE WHEN bucket < 16 THEN floor(log2(greatest(bucket, 1)) * 2)::INTEGER ELSE (bucket + 16)::INTEGER // 4 END";

    public static HeatmapAnswer Read(
        DuckDBConnection connection, ProfileScope scope, bool isWait, long bucketMs, CancellationToken cancellationToken)
    {
        var bound = connection.With(cancellationToken);
        var sql = new SqlText().Add("SELECT ms // ").Value(bucketMs).Add($" AS b, {Class} AS c, sum(n)::BIGINT FROM ");
        if (bucketMs % Writing.MinuteCounts.Minute == 0 && MinutePeriod.OfTimes(bound, scope, null) is { } minutes)
        {
            minutes.Times(sql, null, isWait);
        }
        else
        {
            Events(sql, scope, isWait);
        }

        var counts = new Dictionary<(long Bucket, int Class), long>();
        bound.Each(sql.Add(" GROUP BY b, c"), reader => counts[(reader.GetInt64(0), reader.GetInt32(1))] = reader.GetInt64(2));
        return Answer(scope, bucketMs, counts);
    }

    private static void Events(SqlText sql, ProfileScope scope, bool isWait)
    {
        var (table, value, rows) = TimesSource.Of(scope, isWait);
        scope.Where(sql.Add($"(SELECT ms, {TimeBuckets.Sql(value)} AS bucket, 1 AS n FROM {table}"))
            .Add($" AND {rows} AND {value} IS NOT NULL)");
    }

    private static HeatmapAnswer Answer(ProfileScope scope, long bucketMs, Dictionary<(long Bucket, int Class), long> counts)
    {
        var from = DateTimeOffset.FromUnixTimeMilliseconds(scope.FromMs - (scope.FromMs % bucketMs));
        if (counts.Count == 0)
        {
            return new HeatmapAnswer(from, scope.To, bucketMs, [], []);
        }

        var (least, most) = (counts.Keys.Min(cell => cell.Class), counts.Keys.Max(cell => cell.Class));
        var columns = counts.Keys.Select(cell => cell.Bucket).Distinct().Order().Select(bucket => new HeatmapColumn(
            DateTimeOffset.FromUnixTimeMilliseconds(bucket * bucketMs),
            [.. Enumerable.Range(least, most - least + 1).Select(one => counts.GetValueOrDefault((bucket, one)))]));
        return new HeatmapAnswer(
            from, scope.To, bucketMs, [.. Enumerable.Range(least, most - least + 1).Select(one => new HeatmapClass(Bound(one),
                Bound(one + 1)))],
            [.. columns]);
    }

    private static double Bound(int one) => one == 0 ? 0 : Math.Round(Math.Pow(2, one / 2.0), 1);
}
