using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Nexus.Monitoring.Web.Components.Query;
using Nexus.Monitoring.Web.Query;
using Nexus.Monitoring.Web.Tests.Interop;

namespace Nexus.Monitoring.Web.Tests.Components;

public sealed class QueryBoxTests : DashboardContext
{
    private readonly List<string> _asked = [];

    public QueryBoxTests()
    {
        Services.AddSingleton<IJSRuntime>(new ScriptedBrowser());
        Services.AddSingleton<IFieldValues>(new LiveFieldValues(Feed));
    }

    [Fact]
    public async Task Apply_NotValid_SaysWhereAndAsksForNothing()
    {
        var box = Box();

        Assert.False(await box.InvokeAsync(() => box.Instance.ApplyAsync("status:failed AND (")));

        Assert.Matches(@"Column \d+:", box.Find(".query-error").TextContent);
        Assert.Equal("true", box.Find("input").GetAttribute("aria-invalid"));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Apply_Valid_AsksForItTrimmedAndTakesTheMistakeBack()
    {
        var box = Box();
        await box.InvokeAsync(() => box.Instance.ApplyAsync("status:failed AND ("));

        Assert.True(await box.InvokeAsync(() => box.Instance.ApplyAsync(" status:failed ")));

        Assert.Equal(["status:failed"], _asked);
        Assert.Empty(box.FindAll(".query-error"));
    }

    [Fact]
    public async Task Edit_StillWriting_IsNoMistakeYet()
    {
        var box = Box();

        var edit = await box.InvokeAsync(() => box.Instance.EditAsync("status:failed AND ", 18));

        Assert.Null(edit.WrongStart);
        Assert.Empty(box.FindAll(".query-error"));
    }

    private IRenderedComponent<QueryBox> Box() => Render<QueryBox>(parameters => parameters
        .Add(x => x.Value, "")
        .Add(x => x.ValueChanged, query => _asked.Add(query)));
}
