using CsCheck;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Contracts.Tests.Query;

public sealed class QueryRoundTripTests
{
    [Fact]
    public void Print_AnyQuery_ParsesToTheSame() => QueryGen.Node.Sample(
        node =>
        {
            var printed = node.ToString();
            Assert.True(EventQuery.TryParse(printed, out var query, out var error), $"{printed}: {error}");
            Assert.Equal(node, query.Root);
            Assert.Equal(printed, query.ToString());
        },
        iter: 5_000);

    [Fact]
    public void Compile_AnyQuery_MatchesAsItsReprintDoes() => Gen.Select(QueryGen.Node, QueryGen.Event).Sample(
        (node, e) =>
        {
            Assert.True(EventQuery.TryParse(node.ToString(), out var query, out _));
            var matches = new EventQuery(node).Compile(QueryGen.Now)(e);

            Assert.Equal(matches, query.Compile(QueryGen.Now)(e));
            Assert.Equal(!matches, new EventQuery(new NotNode(node)).Compile(QueryGen.Now)(e));
        },
        iter: 5_000);

    [Fact]
    public void Parse_AnyText_AnswersWithAQueryOrAColumnInside() =>
        Gen.OneOf(Gen.String, Gen.OneOfConst("(", ")", "[", "]", "\"", "*", ":", "-", "NOT ", "OR ", "AND ", "a", "ts", "duration_ms", ">", "..", " TO ", ",")
            .List[0, 12].Select(string.Concat)).Sample(
            text =>
            {
                if (EventQuery.TryParse(text, out var query, out var error))
                {
                    Assert.True(EventQuery.TryParse(query.ToString(), out var again, out _));
                    Assert.Equal(query, again);
                }
                else
                {
                    Assert.InRange(error.Column, 1, text.Length + 1);
                    Assert.True(error.Column + error.Length <= text.Length + 2, $"{text}: {error}");
                    Assert.NotEmpty(error.Expected);
                }
            },
            iter: 20_000);
}
