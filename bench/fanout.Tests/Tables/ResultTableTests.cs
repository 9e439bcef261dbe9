using Nexus.Fanout.Tables;

namespace Nexus.Fanout.Tests.Tables;

public sealed class ResultTableTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void ToMarkdown_SeveralRuns_ShowsMediansRatiosAndFaults()
    {
        File.WriteAllLines(_file,
        [
            "nexus\t{\"rate\":3000000,\"lost\":0}",
            "redis\t{\"rate\":1000,\"lost\":0}",
            "nexus\t{\"rate\":1,\"lost\":0}",
            "redis\t{\"rate\":1000000,\"lost\":2}",
            "nexus\t{\"rate\":2000000,\"lost\":0}",
            "redis\t{\"rate\":1000000,\"lost\":1}",
        ]);

        var rows = Table("rate").Split('\n');

        Assert.Equal("| line | median of | nexus | redis | nexus / redis | faults |", rows[0]);
        Assert.Equal("| saturation | 3 × rate | 2.00 M | 1.00 M | 2.00 | redis: 3 lost |", rows[2]);
    }

    [Fact]
    public void ToMarkdown_MostRunsWithoutTheFigure_ShowsNone()
    {
        File.WriteAllLines(_file, ["nexus\t{\"time\":null}", "nexus\t{\"time\":5}", "nexus\t{\"time\":null}"]);

        Assert.EndsWith("| saturation | 3 × time | — | none |", Table("time"), StringComparison.Ordinal);
    }

    [Fact]
    public void ToMarkdown_UnknownFigure_IsRefused()
    {
        File.WriteAllLines(_file, ["nexus\t{\"rate\":1}"]);

        Assert.Contains("--figures speed", Assert.Throws<FanoutException>(() => Table("speed")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);

    private string Table(string figure) =>
        new ResultTable(["--line", "saturation", "--figures", figure, "--results", _file]).ToMarkdown();
}
