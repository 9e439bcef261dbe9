using Nexus.Monitoring.Web.Interop;

namespace Nexus.Monitoring.Web.Tests.Interop;

public sealed class BrowserPartTests : IDisposable
{
    private readonly ScriptedBrowser _browser = new();
    private readonly BrowserLink _link;

    public BrowserPartTests() => _link = new BrowserLink(_browser);

    public void Dispose() => _link.Dispose();

    [Fact]
    public async Task Tell_ConnectionDropsUnderway_EndsAtOnceAndCanBeToldAgain()
    {
        await using var part = await PartAsync();
        _browser.Hold();
        var telling = part.TellAsync("push");

        _link.Lose();
        Assert.False(await telling);
        var back = part.IsBackAsync();
        Assert.False(back.IsCompleted);

        _browser.GoOn();
        _link.Return();
        Assert.True(await back);
        Assert.True(await part.TellAsync("push"));
    }

    [Fact]
    public async Task Tell_WhileTheConnectionIsDown_IsNotSent()
    {
        await using var part = await PartAsync();
        _link.Lose();

        Assert.False(await part.TellAsync("push"));

        Assert.Equal(0, _browser.Count("push"));
        _link.Return();
    }

    [Fact]
    public async Task Create_ConnectionDropsUnderway_IsMadeWhenItIsBack()
    {
        await using var part = new BrowserPart<BrowserPartTests>(_link, null, "stop");
        _browser.Hold();
        var making = part.CreateAsync("/js/any.js", "create");

        _link.Lose();
        _browser.GoOn();
        _link.Return();
        await making;

        Assert.True(part.IsThere);
    }

    [Fact]
    public async Task Create_ConnectionNeverComesBack_Ends()
    {
        await using var part = new BrowserPart<BrowserPartTests>(_link, null, "stop");
        _browser.Hold();
        var making = part.CreateAsync("/js/any.js", "create");

        _link.Lose();
        _link.Close();
        await making;

        Assert.False(part.IsThere);
    }

    [Theory]
    [InlineData("import")]
    [InlineData("create")]
    public async Task Create_ScriptFails_IsToldInTheConsoleOnly(string failing)
    {
        _browser.Failing = failing;
        await using var part = new BrowserPart<BrowserPartTests>(_link, null, "stop");

        await part.CreateAsync("/js/any.js", "create");

        Assert.False(part.IsThere);
        Assert.Equal($"{failing} failed.", _browser.Calls.Single(call => call.Function == "console.error").Arguments[0]);
    }

    [Fact]
    public async Task Run_ImportFails_SaysThatItDidNotHappen()
    {
        Assert.True(await _link.RunAsync("/js/any.js", "run"));
        _browser.Failing = "import";

        Assert.False(await _link.RunAsync("/js/any.js", "run"));
    }

    private async Task<BrowserPart<BrowserPartTests>> PartAsync()
    {
        var part = new BrowserPart<BrowserPartTests>(_link, null, "stop");
        await part.CreateAsync("/js/any.js", "create");
        Assert.True(part.IsThere);
        return part;
    }
}
