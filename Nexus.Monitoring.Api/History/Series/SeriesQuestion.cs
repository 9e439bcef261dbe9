using Nexus.Monitoring.Api.History.Profiles;

namespace Nexus.Monitoring.Api.History.Series;

/// <summary>What to draw over time.</summary>
/// <param name="Scope">Which events.</param>
/// <param name="Metric">One of <see cref="Metrics"/>.</param>
/// <param name="By">One line for each value of it; null for one line.</param>
/// <param name="BucketMs">Width of a point.</param>
internal sealed record SeriesQuestion(ProfileScope Scope, string Metric, string? By, long BucketMs)
{
    /// <summary>Points that fit a chart; the bucket is chosen so that there are at most as many.</summary>
    public const int MaxPoints = 200;

    public static IReadOnlyList<string> Metrics { get; } = ["count", "tasks", "wait", "run", "queue"];

    /// <summary>All that is known of queues besides their names.</summary>
    public static IReadOnlyCollection<string> QueueFields { get; } = ["project_id"];

    /// <summary>Whether points and lines are such that whole minutes can be added up.</summary>
    public bool CanBeMinutes => BucketMs % 60_000 == 0 && Metric switch
    {
        "count" or "tasks" => By != "worker",
        "run" or "wait" => By != "event_type",
        _ => false,
    };

    /// <summary>Widths that people can read off an axis.</summary>
    private static readonly long[] Widths =
    [
        1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000,
            21_600_000,
        43_200_000, 86_400_000, 604_800_000, 2_592_000_000,
    ];

    /// <summary>The narrowest width with which a period has at most <see cref="MaxPoints"/> points.</summary>
    public static long Fit(DateTimeOffset from, DateTimeOffset to) =>
        Widths.FirstOrDefault(width => (to - from).TotalMilliseconds / width <= MaxPoints, Widths[^1]);
}
