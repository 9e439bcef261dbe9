using CsCheck;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Contracts.Tests.Filters;

public sealed class EventFilterTests
{
    private static readonly EventKeys Event = new("task_failed", "atlas", "t1", "run1");
    private static readonly EventKeys Bare = new("worker_started", null, null, null);
    private static readonly EventKeys Stats = new("queue_depth_update", null, null, null);

    [Theory]
    [InlineData("", true, true, true)]
    [InlineData("project_id=atlas", true, false, false)]
    [InlineData("project_id=radar", false, false, false)]
    [InlineData("project_id=radar&project_id=atlas", true, false, false)]
    [InlineData("task_id=t1", true, false, false)]
    [InlineData("task_id=run1", true, false, false)]
    [InlineData("task_id=t2", false, false, false)]
    [InlineData("event_types=task_failed,worker_started", true, true, false)]
    [InlineData("types=worker_started", false, true, false)]
    [InlineData("types=worker_started&event_types=task_failed", true, true, false)]
    [InlineData("stats_only=true", false, false, true)]
    [InlineData("stats_only=false", true, true, true)]
    [InlineData("stats_only=true&event_types=task_failed", false, false, false)]
    [InlineData("project_id=atlas&task_id=t1&event_types=task_failed", true, false, false)]
    [InlineData("project_id=atlas&task_id=t2", false, false, false)]
    [InlineData("project_id=&event_types=", true, true, true)]
    [InlineData("unrelated=1", true, true, true)]
    public void Matches_TruthTable(string query, bool task, bool bare, bool stats)
    {
        Assert.True(FilterParser.TryParse(Query(query), out var filter, out _));
        Assert.Equal((task, bare, stats), (filter.Matches(Event), filter.Matches(Bare), filter.Matches(Stats)));
    }

    [Theory]
    [InlineData("type:task_failed project:(a OR b)", "event_type", "task_failed")]
    [InlineData("type:task_failed project:(a OR b)", "project_id", "a,b")]
    [InlineData("(type:(a, b) x) NOT project:c", "event_type", "a,b")]
    [InlineData("type:a OR project:b", "event_type", "")]
    [InlineData("NOT type:a", "event_type", "")]
    [InlineData("type:task_*", "event_type", "")]
    [InlineData("type:(a OR task_*)", "event_type", "")]
    public void RequiredValues_AreThoseThatAMatchMustHave(string query, string field, string expected)
    {
        Assert.True(FilterParser.TryCreate(null, null, null, false, query, out var filter, out _));
        Assert.Equal(expected, string.Join(',', filter.Query.RequiredValues(field)));
    }

    [Fact]
    public void Equals_QueryInAnotherSpelling_IsOneFilterAndItsQueryStringReadsTheSame()
    {
        Assert.True(FilterParser.TryCreate(null, null, null, false, "type:a   \"rate limit\" ts:>-15m", out var one, out _));
        Assert.True(FilterParser.TryCreate(null, null, null, false, "event_type:a AND \"rate limit\" AND ts:>-15m", out var other, out _));
        Assert.True(FilterParser.TryParse(Query(one.ToQueryString()), out var again, out _));
        Assert.Equal((one, one), (other, again));
        Assert.False(one.MatchesAll || one.NeedsKeysOnly || one.Equals(EventFilter.All));
    }

    [Theory]
    [InlineData("stats_only=maybe", "stats_only is 'maybe'; true or false is allowed.")]
    [InlineData("q=type%3A", "q: Column 6: the query ends here; expected a value, such as abc, \"a b\", ab* or (a OR b).")]
    [InlineData("event_types=task%20failed", "event_types is 'task failed'; 1 to 256 characters are allowed, letters, digits and _ . : -.")]
    [InlineData("project_id=a%0Ab", "project_id is 'a\nb'; 1 to 256 characters are allowed, printable text.")]
    public void TryParse_BadValue_SaysWhichAndWhatIsAllowed(string query, string expected)
    {
        Assert.False(FilterParser.TryParse(Query(query), out _, out var error));
        Assert.Equal(expected, error.ToString());
    }

    [Fact]
    public void TryParse_TenThousandTypes_IsRefused()
    {
        var types = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"t{i}"));

        Assert.False(FilterParser.TryParse([new("event_types", types)], out _, out var error));
        Assert.Equal("event_types is '10000 values'; at most 100 values are allowed.", error.ToString());
    }

    [Fact]
    public void Equals_SameValuesInAnyOrder_AreOneFilter()
    {
        Assert.True(FilterParser.TryCreate(["b", "a", "a"], null, ["x"], false, out var one, out _));
        Assert.True(FilterParser.TryCreate(["a", "b"], [], ["x"], false, out var other, out _));
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, EventFilter.All);
    }

    /// <summary>Values cannot be shuffled between kinds: the key that equality rests on keeps them apart.</summary>
    [Fact]
    public void Equals_SameValueInAnotherKind_IsAnotherFilter()
    {
        Assert.True(FilterParser.TryCreate(["a"], null, null, false, out var project, out _));
        Assert.True(FilterParser.TryCreate(null, ["a"], null, false, out var task, out _));
        Assert.NotEqual(project, task);
    }

    [Fact]
    public void ToQueryString_AnyFilter_RoundTrips() =>
        Gen.Select(Gen.String[Gen.Char[' ', '~'], 1, 9].Array[0, 4], Gen.String[Gen.Char['a', 'z'], 1, 9].Array[0, 4], Gen.Bool).Sample((ids, types, stats) =>
        {
            Assert.True(FilterParser.TryCreate(ids, ids, types, stats, out var filter, out _));
            Assert.True(FilterParser.TryParse(Query(filter.ToQueryString()), out var parsed, out _));
            return parsed.Equals(filter);
        });

    private static IEnumerable<KeyValuePair<string, string?>> Query(string query) =>
        query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .Select(pair => KeyValuePair.Create(pair[0], (string?)Uri.UnescapeDataString(pair[1])));
}
