using Nexus.Monitoring.Web.Board;

namespace Nexus.Monitoring.Web.Tests.Board;

public sealed class FingerprintsTests
{
    [Fact]
    public void Parts_NumbersAndIds_AreSetApart() => Assert.Equal(
        [("HTTP ", false), ("429", true), (" for ", false), ("7f3a2c9e", true), (", retry in ", false), ("2.5", true), (" s", false)],
        Fingerprints.Parts("HTTP 429 for 7f3a2c9e, retry in 2.5 s"));

    [Fact]
    public void SearchText_Error_IsItsLongestSteadyStretch() =>
        Assert.Equal("from provider, retry in", Fingerprints.SearchText("HTTP 429 from provider, retry in 6 s"));

    [Theory]
    [InlineData("12345")]
    [InlineData("")]
    public void SearchText_NothingSteady_IsTheErrorItself(string error) => Assert.Equal(error, Fingerprints.SearchText(error));
}
