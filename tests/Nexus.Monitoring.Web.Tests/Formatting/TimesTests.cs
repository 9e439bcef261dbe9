using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Tests.Formatting;

public sealed class TimesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 3, 11, 283, TimeSpan.Zero);

    [Fact]
    public void Clock_OtherDay_HasTheDate()
    {
        Assert.Equal("12:03:11", Times.Clock(Noon, Noon.AddHours(3)));
        Assert.Equal("23 Nov 12:03:11", Times.Clock(Noon, Noon.AddDays(1)));
    }

    [Fact]
    public void Milliseconds_OtherZone_IsUtc() => Assert.Equal("12:03:11.283", Times.Milliseconds(Noon.ToOffset(TimeSpan.FromHours(5))));

    [Fact]
    public void Iso_Time_HasMicroseconds() => Assert.Equal("2026-11-23T12:03:11.283000Z", Times.Iso(Noon));
}
