using CsCheck;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Contracts.Tests.State;

public sealed class DurationHistogramTests
{
    [Fact]
    public void Quantile_Empty_IsUnknown() => Assert.Null(new DurationHistogram().Quantile(0.5));

    [Fact]
    public void Quantile_AnyDurations_IsOffByAtMost3Point2Percent() =>
        Gen.Select(Gen.Long[0, 10_000_000].Array[1, 200], Gen.Double[0, 1]).Sample((durations, quantile) =>
        {
            var histogram = new DurationHistogram();
            Array.ForEach(durations, histogram.Record);
            Array.Sort(durations);
            double exact = durations[Math.Max(1, (int)Math.Ceiling(quantile * durations.Length)) - 1];

            return Math.Abs(histogram.Quantile(quantile)!.Value - exact) <= exact * 0.032;
        });

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(0, 0)]
    [InlineData(15, 15)]
    [InlineData(31, 31)]
    [InlineData(long.MaxValue, 2_113_929_215.5)]
    public void Record_Edges_AreKept(long milliseconds, double expected)
    {
        var histogram = new DurationHistogram();
        histogram.Record(milliseconds);

        Assert.Equal(expected, histogram.Quantile(1));
    }
}
