using Nexus.Monitoring.Web.Board;

namespace Nexus.Monitoring.Web.Tests.Board;

public sealed class FingerprintsTests
{
    [Fact]
    public void SearchText_Error_IsItsLongestSteadyStretch() =>
        Assert.Equal("HTTP 429 from provider, retry in", Fingerprints.SearchText("HTTP 429 from provider, retry in 6 s"));

    [Theory]
    [InlineData("12345")]
    [InlineData("")]
    public void SearchText_NothingSteady_IsTheErrorItself(string error) => Assert.Equal(error, Fingerprints.SearchText(error));
}
