using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Contracts.Tests.Query;

public sealed class QueryErrorTests
{
    [Theory]
    [InlineData("statos:failed", 1, 6, "'statos' is no field", "status, or one of")]
    [InlineData("a AND (b OR c", 14, 1, "the query ends here", "')' for the '(' at column 7")]
    [InlineData("a OR", 5, 1, "the query ends here", "a field such as")]
    [InlineData("OR b", 1, 2, "'OR' cannot stand here", "a field such as")]
    [InlineData("a )", 3, 1, "')' cannot stand here", "the end of the query")]
    [InlineData("NOT", 4, 1, "the query ends here", "a field such as")]
    [InlineData("error:\"abc", 7, 4, "the quotation mark is never closed", "a closing quotation mark")]
    [InlineData("error:\"\"", 7, 2, "there is nothing in the quotation marks", "text")]
    [InlineData("task_id:", 9, 1, "the query ends here", "a value, such as abc")]
    [InlineData("duration_ms:fast", 13, 4, "'fast' is no value of duration_ms", "milliseconds or a duration")]
    [InlineData("duration_ms:>", 14, 1, "the query ends here", "milliseconds or a duration")]
    [InlineData("duration_ms:[5 TO 1]", 13, 8, "the range is empty", "the smaller value first")]
    [InlineData("duration_ms:[5 1]", 16, 1, "'1' cannot stand here", "TO")]
    [InlineData("duration_ms:5..", 16, 1, "a value is missing", "milliseconds")]
    [InlineData("worker_id:1.5", 11, 3, "'1.5' is no value of worker_id", "a whole number")]
    [InlineData("worker_id:1*", 11, 2, "'1*' is no value of worker_id", "a whole number")]
    [InlineData("task_id:>5", 9, 1, "task_id is text, which has no order", "a set such as")]
    [InlineData("ts:2026-11-23", 4, 10, "ts is a time", "a comparison such as >-15m")]
    [InlineData("ts:>yesterday", 5, 9, "'yesterday' is no value of ts", "a time such as >-15m")]
    [InlineData("event_type:(a b)", 15, 1, "'b' cannot stand here", "OR, ',' or ')' for the '(' at column 12")]
    [InlineData("*", 1, 1, "'*' alone asks for nothing", "a field")]
    [InlineData("http://example.com", 1, 4, "'http' is no field", "quotation marks")]
    [InlineData("meta:*", 1, 4, "'meta' is no field", "meta.…")]
    [InlineData("a\u0001b", 2, 1, "the character U+0001 cannot stand in a query", "printable text")]
    public void TryParse_BadQuery_PointsAtTheColumnAndSaysWhatWasExpected(string text, int column, int length, string problem, string expected)
    {
        Assert.False(EventQuery.TryParse(text, out _, out var error));
        Assert.Equal((column, length, problem), (error.Column, error.Length, error.Problem));
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_BeyondTheLimits_SaysWhichLimit()
    {
        Assert.Equal("Column 4097: the query has 5000 characters; expected at most 4096.", ErrorOf(new string('a', 5000)));
        Assert.Equal(
            "Column 51: the query is nested too deeply; expected at most 50 levels of parentheses and negations.",
            ErrorOf(new string('(', 51) + "a" + new string(')', 51)));
        Assert.Contains("too many tests; expected at most 250", ErrorOf(string.Join(' ', Enumerable.Repeat("a", 251))), StringComparison.Ordinal);
        Assert.Contains("too many tests", ErrorOf($"task_id:({string.Join(',', Enumerable.Repeat("a", 251))})"), StringComparison.Ordinal);
        Assert.Contains("nested too deeply", ErrorOf(string.Concat(Enumerable.Repeat("NOT ", 2000))[..4000] + " a"), StringComparison.Ordinal);
    }

    private static string ErrorOf(string text)
    {
        Assert.False(EventQuery.TryParse(text, out _, out var error));
        return error.ToString();
    }
}
