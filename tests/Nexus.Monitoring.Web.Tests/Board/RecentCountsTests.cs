using Nexus.Monitoring.Web.Board;

namespace Nexus.Monitoring.Web.Tests.Board;

public sealed class RecentCountsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly RecentCounts _counts = new(capacity: 3, slots: 4, TimeSpan.FromSeconds(10));

    [Fact]
    public void Of_SeveralSlots_CountsEachInItsOwn()
    {
        _counts.Add("a", Noon);
        _counts.Add("a", Noon.AddSeconds(9));
        _counts.Add("a", Noon.AddSeconds(10));
        _counts.Add("a", Noon.AddSeconds(35));

        Assert.Equal([2, 1, 0, 1], _counts.Of("a", Noon.AddSeconds(39)));
        Assert.Equal(4, _counts.Sum("a", Noon.AddSeconds(39)));
    }

    [Fact]
    public void Of_TimePasses_ForgetsTheOldest()
    {
        _counts.Add("a", Noon);
        _counts.Add("a", Noon.AddSeconds(20));

        Assert.Equal([0, 1, 0, 0], _counts.Of("a", Noon.AddSeconds(45)));
        Assert.Equal(0, _counts.Sum("a", Noon.AddMinutes(10)));
    }

    [Fact]
    public void Add_TooLate_IsLeftOut()
    {
        _counts.Add("a", Noon.AddMinutes(5));
        _counts.Add("a", Noon);

        Assert.Equal(1, _counts.Sum("a", Noon.AddMinutes(5)));
    }

    [Fact]
    public void Add_MoreKeysThanItHolds_ForgetsTheOneSilentLongest()
    {
        _counts.Add("a", Noon.AddSeconds(10));
        _counts.Add("b", Noon);
        _counts.Add("c", Noon.AddSeconds(20));
        _counts.Add("d", Noon.AddSeconds(20));

        Assert.Equal(0, _counts.Sum("b", Noon.AddSeconds(20)));
        Assert.Equal(1, _counts.Sum("a", Noon.AddSeconds(20)));
        Assert.Equal(1, _counts.Sum("d", Noon.AddSeconds(20)));
    }
}
