using Nexus.Monitoring.Web.Search;

namespace Nexus.Monitoring.Web.Tests.Search;

public sealed class FuzzyMatchTests
{
    [Theory]
    [InlineData("wrk", "Workers")]
    [InlineData("RUNS", "Runs")]
    [InlineData("dark th", "Dark theme")]
    public void Score_LettersInOrder_Fit(string letters, string text) => Assert.NotNull(FuzzyMatch.Score(letters, text));

    [Theory]
    [InlineData("krow", "Workers")]
    [InlineData("workers and more", "Workers")]
    [InlineData("z", "Runs")]
    public void Score_OtherLetters_DoNot(string letters, string text) => Assert.Null(FuzzyMatch.Score(letters, text));

    [Theory]
    [InlineData("run", "Runs", "trunk of wood")]
    [InlineData("ev", "Events", "never")]
    [InlineData("dt", "Dark theme", "editing")]
    [InlineData("board", "Night board", "b o a r d")]
    [InlineData("w1", "worker 1", "a worker that is 31")]
    public void Score_BetterText_IsHigher(string letters, string better, string worse) =>
        Assert.True((FuzzyMatch.Score(letters, better) ?? -1) > (FuzzyMatch.Score(letters, worse) ?? -1));
}
