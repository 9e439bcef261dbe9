using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Contracts.Tests.Query;

public sealed class QueryMendTests
{
    [Theory]
    [InlineData("statos:failed", "status:failed")]
    [InlineData("a AND (b OR c", "a AND (b OR c)")]
    [InlineData("status:(failed", "status:(failed)")]
    [InlineData("duration_ms:[1 TO 2", "duration_ms:[1 TO 2]")]
    [InlineData("error:\"abc", "error:\"abc\"")]
    [InlineData("ts:-15m", "ts:>-15m")]
    public void Mend_KnownMistake_GivesAQueryThatIsValid(string text, string expected)
    {
        Assert.False(EventQuery.TryParse(text, out _, out var error));
        Assert.Equal(expected, error.Mend(text));
        Assert.True(EventQuery.TryParse(expected, out _, out _));
    }

    [Fact]
    public void Mend_NobodyKnows_IsNull()
    {
        Assert.False(EventQuery.TryParse("duration_ms:fast", out _, out var error));
        Assert.Null(error.Mend("duration_ms:fast"));
    }
}
