using Nexus.Monitoring.Contracts.Query;
using Nexus.Monitoring.Web.Query;

namespace Nexus.Monitoring.Web.Tests.Query;

public sealed class QueryTextTests
{
    [Theory]
    [InlineData("w7", "worker_id:7")]
    [InlineData(" W12 ", "worker_id:12")]
    [InlineData("4BF92F3577B34DA6A3CE929D0E0E4736", "trace_id:4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("status:failed duration:>2s", "status:failed duration:>2s")]
    [InlineData("rate limit", "\"rate limit\"")]
    [InlineData("429", "task_id:*429* OR run_id:*429* OR task_type:*429* OR 429")]
    public void OfSearch_Words_AreAQuery(string words, string expected)
    {
        Assert.Equal(expected, QueryText.OfSearch(words));
        Assert.True(EventQuery.TryParse(expected, out _, out _));
    }

    [Fact]
    public void And_Alternatives_StandInParentheses()
    {
        Assert.Equal("(a OR b) AND status:failed", QueryText.And("a OR b", null, "", "status:failed"));
        Assert.Equal("a OR b", QueryText.And("a OR b"));
        Assert.Equal("", QueryText.And(null));
    }
}
