namespace Nexus.Monitoring.Web.TimeMachine;

/// <summary>How much of the past the time bar spans, and the width of its bars.</summary>
/// <param name="Length">From its left edge to its right one.</param>
/// <param name="Bucket">What one bar stands for.</param>
/// <param name="Text">In words.</param>
internal sealed record DensityRange(TimeSpan Length, TimeSpan Bucket, string Text)
{
    /// <summary>From the narrowest on.</summary>
    public static IReadOnlyList<DensityRange> All { get; } =
    [
        new(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(2), "5 min"),
        new(TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(5), "15 min"),
        new(TimeSpan.FromHours(1), TimeSpan.FromSeconds(15), "1 h"),
        new(TimeSpan.FromHours(6), TimeSpan.FromMinutes(2), "6 h"),
        new(TimeSpan.FromDays(1), TimeSpan.FromMinutes(5), "24 h"),
        new(TimeSpan.FromDays(7), TimeSpan.FromHours(1), "7 d"),
    ];

    public const int Usual = 2;

    public int Bars => (int)(Length / Bucket);

    /// <summary>The end of the bar that covers a time.</summary>
    public DateTimeOffset EndOf(DateTimeOffset time) => new(((time.UtcTicks / Bucket.Ticks) + 1) * Bucket.Ticks, TimeSpan.Zero);
}
