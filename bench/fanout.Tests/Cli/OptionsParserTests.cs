using Nexus.Fanout.Cli;

namespace Nexus.Fanout.Tests.Cli;

public sealed class OptionsParserTests
{
    [Fact]
    public void Parse_FilterWithClientNumber_SharesEventsAmongProjects()
    {
        var options = Parse("--transport ws --port 1 --filter project_id=p%d --projects 1000 --window 5000");

        Assert.Equal(1000, options.Step);
        Assert.Equal(("/ws/monitoring", PublishWith.Nexus), (options.Path, options.Publish));
    }

    [Fact]
    public void Parse_OptionGivenTwice_TakesTheLast() =>
        Assert.Equal(7, Parse("--transport redis --port 1 --clients 5 --clients 7").Clients);

    [Theory]
    [InlineData("fly --port 1", "'fly'")]
    [InlineData("--port 1", "--transport is missing")]
    [InlineData("--transport tcp --port 1", "--transport tcp: ws, sse")]
    [InlineData("--transport ws", "--port is missing")]
    [InlineData("--transport ws --port 0", "--port 0: a whole number from 1 to 65535")]
    [InlineData("--transport ws --port", "--port needs a value")]
    [InlineData("--transport ws --port 1 --colour red", "'--colour red'")]
    [InlineData("--transport ws --port 1 --duration -1", "--duration -1")]
    [InlineData("--transport ws --port 1 --rate 1 --window 1", "exclude each other")]
    [InlineData("--transport ws --port 1 --filter project_id=p%d --share 3", "--share 3 contradicts --projects 8")]
    [InlineData("--transport ws --port 1 --share 1000", "--window 256 is too small")]
    [InlineData("--transport ws --port 1 --server-pid x", "--server-pid x")]
    [InlineData("idle --transport ws --port 1", "needs --server-pid")]
    [InlineData("reconnect --transport nats --port 1", "needs cursors")]
    public void Parse_BadOption_SaysWhatIsWrong(string line, string told) =>
        Assert.Contains(told, Assert.Throws<FanoutException>(() => Parse(line)).Message, StringComparison.Ordinal);

    private static FanoutOptions Parse(string line) => OptionsParser.Parse(line.Split(' '));
}
