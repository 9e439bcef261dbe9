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

    [Theory]
    [InlineData("HTTP 429 from provider, retry in ‹n› s", "HTTP 429 from provider")]
    [InlineData("Context too long: ‹n› tokens, limit ‹n›", "Context too long")]
    [InlineData("Worker ‹n› lost: no heartbeat for ‹n› s", "Worker ‹n› lost: no heartbeat for ‹n› s")]
    [InlineData("No answer within the limit.", "No answer within the limit")]
    public void Headline_OfATitle_LeavesOutTheClauseThatVaries(string title, string headline) => Assert.Equal(headline, Fingerprints.Headline(title));

    [Fact]
    public void Pieces_OfATitle_TellWhatVaries()
    {
        Assert.Equal([("Worker ", false), ("‹n›", true), (" lost: ", false), ("‹id›", true)], Fingerprints.Pieces("Worker ‹n› lost: ‹id›"));
        Assert.Equal([("no", false)], Fingerprints.Pieces("no"));
    }
}
