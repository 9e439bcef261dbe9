using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.Tests.Live;

public sealed class FeedBackoffTests
{
    [Theory]
    [InlineData(1, 0, 0.25)]
    [InlineData(1, 1, 0.5)]
    [InlineData(2, 1, 1)]
    [InlineData(6, 1, 15)]
    [InlineData(100_000, 1, 15)]
    [InlineData(100_000, 0, 7.5)]
    public void Delay_Attempt_DoublesUpToItsCap(int attempt, double random, double seconds) =>
        Assert.Equal(seconds, FeedBackoff.Delay(attempt, random).TotalSeconds, precision: 6);
}
