using Nexus.Fanout.Measuring;

namespace Nexus.Fanout.Tests.Measuring;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(1_000)]
    [InlineData(123_456)]
    [InlineData(int.MaxValue)]
    public void Quantile_OneValue_IsWithinOnePercent(int microseconds)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(microseconds);

        Assert.InRange(histogram.Quantile(0.99), microseconds * 0.992, microseconds);
        Assert.Equal(microseconds, histogram.Max);
    }

    [Fact]
    public void Quantile_ManyValues_AreTheRankedOnes()
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 100; i++)
        {
            histogram.Record(i * 10);
        }

        Assert.InRange(histogram.Quantile(0.5), 496, 504);
        Assert.InRange(histogram.Quantile(0.99), 982, 998);
    }

    [Fact]
    public void Clear_AfterValues_ForgetsThem()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(5);
        histogram.Clear();

        Assert.Equal((0, 0, 0), (histogram.Count, histogram.Max, histogram.Quantile(0.5)));
    }
}
