using System.Globalization;
using Nexus.Monitoring.Web.Formatting;
using Nexus.Monitoring.Web.Preferences;

namespace Nexus.Monitoring.Web.Tests.Formatting;

public sealed class TimesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 3, 11, 283, TimeSpan.Zero);

    [Fact]
    public void Clock_OtherDay_HasTheDate()
    {
        Assert.Equal("12:03:11", Times.Utc.Clock(Noon, Noon.AddHours(3)));
        Assert.Equal("23 Nov 12:03:11", Times.Utc.Clock(Noon, Noon.AddDays(1)));
    }

    [Fact]
    public void Milliseconds_OtherZone_IsUtc() => Assert.Equal("12:03:11.283", Times.Utc.Milliseconds(Noon.ToOffset(TimeSpan.FromHours(5))));

    [Fact]
    public void Clock_ZoneOfTheViewer_HasItsDayAndHour()
    {
        var auckland = new Times { Zone = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Auckland") };

        Assert.Equal("01:03:11", auckland.Clock(Noon));
        Assert.Equal("24 Nov 2026", auckland.Date(Noon));
        Assert.Equal("24 Nov 01:03:11", auckland.Clock(Noon, Noon.AddHours(-3)));
        Assert.Equal("Auckland", auckland.ZoneName);
    }

    [Theory]
    [InlineData("2026-07-01T12:00", "2026-07-01T10:00:00Z")]
    [InlineData("2026-03-29T02:30", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25T02:30", "2026-10-25T00:30:00Z")]
    public void Instant_WallClock_IsTheFirstMomentThatShowsIt(string local, string instant)
    {
        var berlin = new Times { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };

        Assert.Equal(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), berlin.Instant(DateTime.Parse(local, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Wording_SharedByViewers_IsToldInTheZoneOfEach()
    {
        var wording = new Wording(times => $"since {times.Minute(Noon)}");

        Assert.Equal("since 12:03", wording.ToString());
        Assert.Equal("since 13:03", wording.In(new Times { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") }));
    }

    [Theory]
    [InlineData(null, "UTC")]
    [InlineData("local:Europe/Berlin", "Europe/Berlin")]
    [InlineData("local:Nowhere/Land", "UTC")]
    [InlineData("local:../../etc/passwd", "UTC")]
    [InlineData("Europe/Berlin", "UTC")]
    public void Cookie_AnyValue_IsAZone(string? cookie, string zone) => Assert.Equal(zone, ZonePreference.Read(cookie).Id);

    [Fact]
    public void Iso_Time_HasMicroseconds() => Assert.Equal("2026-11-23T12:03:11.283000Z", Times.Iso(Noon));
}
