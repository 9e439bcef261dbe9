namespace Nexus.Monitoring.Api.History.Storage;

/// <summary>
/// Durations in classes, so that a minute of any length of work is a few numbers: exact up to <see cref="Exact"/> ms, above that eight
/// classes to each doubling. What is told from a class is its middle, at most 4.5 % off.
/// </summary>
internal static class TimeBuckets
{
    public const int Exact = 16;

    private const int PerDoubling = 8;

    /// <summary>The class of a number, in SQL.</summary>
    public static string Sql(string value) =>
        $"(CASE WHEN {value} < {Exact} THEN greatest({value}, 0) ELSE {Exact - (4 * PerDoubling)} + floor(log2({value}) * {PerDoubling}) END)::SMALLINT";

    /// <summary>The class of a number.</summary>
    public static short Of(long value) => value < Exact ? (short)Math.Max(0, value)
        : (short)(Exact - (4 * PerDoubling) + Math.Floor(Math.Log2(value) * PerDoubling));

    /// <summary>No duration of the class is shorter.</summary>
    public static long Least(int bucket) => bucket < Exact ? bucket
        : (long)Math.Pow(2, (double)(bucket - Exact + (4 * PerDoubling)) / PerDoubling);

    /// <summary>The middle of a class in milliseconds.</summary>
    public static double Middle(int bucket) =>
        bucket < Exact ? bucket : Math.Round(Math.Pow(2, (bucket - Exact + (4 * PerDoubling) + 0.5) / PerDoubling), 1);
}
