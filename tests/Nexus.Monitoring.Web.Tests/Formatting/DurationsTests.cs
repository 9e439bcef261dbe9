using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Tests.Formatting;

public sealed class DurationsTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(431, "431 ms")]
    [InlineData(999.4, "999 ms")]
    [InlineData(999.6, "1.0 s")]
    [InlineData(8_900, "8.9 s")]
    [InlineData(9_949, "9.9 s")]
    [InlineData(9_960, "10 s")]
    [InlineData(22_300, "22 s")]
    [InlineData(59_499, "59 s")]
    [InlineData(59_500, "1 min 00 s")]
    [InlineData(246_000, "4 min 06 s")]
    [InlineData(3_599_600, "1 h 00 min")]
    [InlineData(7_500_000, "2 h 05 min")]
    [InlineData(273_600_000, "3 d 04 h")]
    [InlineData(-5, "0 ms")]
    public void Text_Duration_ReadsAsInTheDesign(double milliseconds, string expected) =>
        Assert.Equal(expected, Durations.Text(TimeSpan.FromMilliseconds(milliseconds)).Replace('\u00a0', ' '));

    [Theory]
    [InlineData(0.4, "0 s")]
    [InlineData(9.9, "9 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(68.2, "1 min 08 s")]
    [InlineData(-3, "0 s")]
    public void Clock_Duration_HasWholeSecondsThatPassed(double seconds, string expected) =>
        Assert.Equal(expected, Durations.Clock(TimeSpan.FromSeconds(seconds)).Replace('\u00a0', ' '));

    [Theory]
    [InlineData(0.2, "1 min")]
    [InlineData(35.4, "35 min")]
    [InlineData(125, "2 h 05 min")]
    public void About_Minutes_LeavesSecondsOut(double minutes, string expected) =>
        Assert.Equal(expected, Durations.About(TimeSpan.FromMinutes(minutes)).Replace('\u00a0', ' '));

    [Fact]
    public void Text_NoMilliseconds_IsEmpty() => Assert.Equal("", Durations.Text(null));
}
