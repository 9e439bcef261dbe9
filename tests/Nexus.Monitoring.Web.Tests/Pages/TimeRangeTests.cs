using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Tests.Pages;

public sealed class TimeRangeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("15m", 15)]
    [InlineData("24h", 1440)]
    [InlineData("forever", 15)]
    [InlineData(null, 15)]
    public void Name_MeansSoLongUpToNow(string? name, int minutes) =>
        Assert.Equal((Noon.AddMinutes(-minutes), Noon), TimeRange.Read(name, null, null).At(Noon));

    [Fact]
    public void OwnPeriod_ComesBackFromItsAddress()
    {
        var range = TimeRange.Between(Noon.AddHours(-3), Noon.AddMilliseconds(250));

        var address = PageAddress.With("/here", range.ToParameters());

        Assert.Equal("/here?from=2026-03-01T09%3A00%3A00Z&to=2026-03-01T12%3A00%3A00.25Z", address);
        Assert.Equal(range, TimeRange.Read(null, "2026-03-01T09:00:00Z", "2026-03-01T12:00:00.25Z"));
    }

    [Theory]
    [InlineData("2026-03-01T12:00:00Z", "2026-03-01T11:00:00Z")]
    [InlineData("2026-03-01T12:00:00Z", null)]
    [InlineData("yesterday", "today")]
    public void OwnPeriodThatIsNone_IsTheUsualOne(string? from, string? to) =>
        Assert.Equal(TimeRange.Default, TimeRange.Read(null, from, to));
}
