using CsCheck;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Contracts.Tests.Query;

public sealed class QueryCaretTests
{
    [Theory]
    [InlineData("type:task_failed", "Field type|Operator :|Value task_failed")]
    [InlineData("a -b NOT \"c d\" OR e*f", "Text a|Keyword -|Text b|Keyword NOT|Text \"c d\"|Keyword OR|Text e*f")]
    [InlineData("worker:(1, 2 OR 3) x", "Field worker|Operator :|Parenthesis (|Value 1|Operator ,|Value 2|Keyword OR|Value 3|Parenthesis )|Text x")]
    [InlineData("ts:[-2h TO now] y", "Field ts|Operator :|Operator [|Value -2h|Keyword TO|Value now|Operator ]|Text y")]
    [InlineData("duration:>=2s", "Field duration|Operator :|Operator >=|Value 2s")]
    [InlineData("ts:>2026-01-01T00:00:00Z (a)", "Field ts|Operator :|Operator >|Value 2026-01-01T00:00:00Z|Parenthesis (|Text a|Parenthesis )")]
    [InlineData("statos: \"half", "Field statos|Operator :|Text \"half")]
    public void Tokens_AreThePiecesOfAQuery(string query, string expected) => Assert.Equal(
        expected,
        string.Join('|', EventQuery.Tokens(query).Select(token => $"{token.Kind} {query.Substring(token.Start, token.Length)}")));

    [Fact]
    public void Tokens_OfAnything_AreInOrderAndLeaveOutWhiteSpaceOnly() => Gen.String[Gen.OneOfConst([.. "ab:()[]\"\\*-<>=, OR"]), 0, 40].Sample(query =>
    {
        var end = 0;
        foreach (var token in EventQuery.Tokens(query))
        {
            Assert.True(token.Start >= end && token.Length > 0 && string.IsNullOrWhiteSpace(query[end..token.Start]), query);
            end = token.Start + token.Length;
        }

        Assert.True(string.IsNullOrWhiteSpace(query[end..]), query);
        for (var caret = 0; caret <= query.Length; caret++)
        {
            var at = QueryCaret.At(query, caret);
            Assert.True(at.Start <= caret && at.Start + at.Length >= caret && at.Start + at.Length <= query.Length, query);
        }
    });

    /// <summary>The caret is where <c>|</c> stands; what would be replaced stands in braces in the second argument.</summary>
    [Theory]
    [InlineData("|", "{}", "", null)]
    [InlineData("sta|", "{sta}", "sta", null)]
    [InlineData("type:task_f| x", "type:{task_f} x", "task_f", "event_type")]
    [InlineData("type:ta|sk_failed", "type:{task_failed}", "ta", "event_type")]
    [InlineData("type:|", "type:{}", "", "event_type")]
    [InlineData("type: |", "type: {}", "", null)]
    [InlineData("type:(a OR |", "type:(a OR {}", "", "event_type")]
    [InlineData("type:(a, b|)", "type:(a, {b})", "b", "event_type")]
    [InlineData("type:(a) b|", "type:(a) {b}", "b", null)]
    [InlineData("duration:>|", "duration:>{}", "", "duration_ms")]
    [InlineData("project:\"my pro|", "project:{\"my pro}", "my pro", "project_id")]
    [InlineData("-ph|", "-{ph}", "ph", null)]
    [InlineData("statos:x|", "statos:{x}", "x", null)]
    public void At_Caret_TellsWhatIsWritten(string query, string replaced, string prefix, string? field)
    {
        var index = query.IndexOf('|', StringComparison.Ordinal);
        var text = query.Remove(index, 1);
        var caret = QueryCaret.At(text, index);

        Assert.Equal(replaced, text.Insert(caret.Start + caret.Length, "}").Insert(caret.Start, "{"));
        Assert.Equal((prefix, field), (caret.Prefix, caret.Field?.Name));
    }

    [Fact]
    public void Words_BeginWithWhatIsWritten()
    {
        Assert.Equal(["status:"], QueryCaret.At("stat", 4).Words().Select(word => word.Text));
        Assert.Equal(["task_failed"], QueryCaret.At("type:task_f", 11).Words().Select(word => word.Text));
        Assert.Contains("AND", QueryCaret.At("a ", 2).Words().Select(word => word.Text));
        Assert.DoesNotContain("AND", QueryCaret.At("", 0).Words().Select(word => word.Text));
        Assert.All(QueryCaret.At("ts:", 3).Words(), word => Assert.True(EventQuery.TryParse("ts:" + word.Text, out _, out _), word.Text));
        Assert.All(QueryCaret.At("duration:", 9).Words(), word => Assert.True(EventQuery.TryParse("duration:" + word.Text, out _, out _), word.Text));
        Assert.Equal("\"a \\\"b\\\"\"", QuerySuggestion.Value("a \"b\"", 1).Text);
    }
}
