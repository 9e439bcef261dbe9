using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Tests.Formatting;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1817, "1\u202f817")]
    [InlineData(1234567, "1\u202f234\u202f567")]
    public void Whole_Number_HasThinSpacesForThousands(long value, string expected) => Assert.Equal(expected, Numbers.Whole(value));

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(0.038, "3.8 %")]
    [InlineData(0.0996, "10 %")]
    [InlineData(0.24, "24 %")]
    [InlineData(1, "100 %")]
    public void Percent_Share_HasADecimalBelowTen(double share, string expected) => Assert.Equal(expected, Plain(Numbers.Percent(share)));

    [Theory]
    [InlineData(0, "0 /min")]
    [InlineData(0.5, "30 /h")]
    [InlineData(9.8, "9.8 /min")]
    [InlineData(52.2, "52.2 /min")]
    [InlineData(1250.4, "1\u202f250 /min")]
    public void Rate_PerMinute_FallsBackToHours(double perMinute, string expected) => Assert.Equal(expected, Plain(Numbers.Rate(perMinute)));

    [Theory]
    [InlineData(1, "1 run")]
    [InlineData(0, "0 runs")]
    [InlineData(5, "5 runs")]
    public void Plural_Count_ChoosesTheWord(long count, string expected) => Assert.Equal(expected, Numbers.Plural(count, "run", "runs"));

    private static string Plain(Quantity quantity) => quantity.ToString().Replace('\u00a0', ' ');
}
