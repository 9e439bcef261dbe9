using System.Text.Json;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Components.Tasks;
using Nexus.Monitoring.Web.Tasks;
using Nexus.Monitoring.Web.Tests.Api;

namespace Nexus.Monitoring.Web.Tests.Components;

public sealed class TaskListTests : DashboardContext
{
    private readonly AnsweringApi _api;
    private string _status = "completed";
    private ulong _position = 9;

    public TaskListTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        _api = new AnsweringApi(_ => AnsweringApi.Json(JsonSerializer.Serialize(Page(), MonitoringJson.Context.TaskPage)));
        var reader = new ApiReader(_api);
        Services.AddSingleton(reader);
        Services.AddSingleton(new SharedAnswers(reader, Clock));
        Feed.Status = Feed.Status with { Position = new LogPosition(9, 0) };
    }

    [Fact]
    public async Task Segments_TwoPages_CountOnce()
    {
        var segments = Enumerable.Range(0, 2).Select(_ => Render<TaskSegments>(parameters => parameters
            .Add(x => x.Selection, TaskSelection.All).Add(x => x.AddressOf, status => $"/{status}"))).ToList();

        foreach (var each in segments)
        {
            await each.WaitForAssertionAsync(() => Assert.All(each.FindAll("b"), count => Assert.Equal("1", count.TextContent)));
        }

        Assert.Equal(8, _api.Asked.Count);
    }

    [Fact]
    public async Task Table_NothingNewAndNothingUnderWay_IsNotDrawnAgain()
    {
        var table = await TableAsync();

        await Eventually.IsTrueAsync(async () =>
        {
            var renders = table.RenderCount;
            await PulseAsync(5);
            return renders == table.RenderCount;
        }, "it stands still");

        Assert.Single(_api.Asked);
    }

    [Fact]
    public async Task Table_TaskUnderWay_IsDrawnAsItsTimeGoesOn()
    {
        _status = "processing";
        var table = await TableAsync();
        var renders = table.RenderCount;

        await PulseAsync(3);

        await Eventually.IsTrueAsync(() => table.RenderCount > renders, "its time goes on");
        Assert.Single(_api.Asked);
    }

    [Fact]
    public async Task Table_NewEvents_AreAskedForUntilTheAnswerHasThem()
    {
        var table = await TableAsync();
        Feed.Status = Feed.Status with { Position = new LogPosition(10, 0) };

        await PulseAsync(1);
        await Eventually.IsTrueAsync(() => _api.Asked.Count == 2, "it is asked again");
        (_status, _position) = ("failed", 10);
        await Eventually.IsTrueAsync(async () =>
        {
            await PulseAsync(1);
            return table.Markup.Contains("failed", StringComparison.Ordinal);
        }, "the answer that has them is shown");
        var asked = _api.Asked.Count;
        await PulseAsync(3);

        Assert.Equal(asked, _api.Asked.Count);
    }

    protected override void Dispose(bool disposing)
    {
        _api.Dispose();
        base.Dispose(disposing);
    }

    private async Task<IRenderedComponent<TaskTable>> TableAsync()
    {
        var table = Render<TaskTable>(parameters => parameters
            .Add(x => x.Selection, TaskSelection.All).Add(x => x.Columns, TaskColumn.Usual).Add(x => x.SortAddress, sort => $"/{sort}"));
        await table.WaitForAssertionAsync(() => Assert.Contains("task-1", table.Markup, StringComparison.Ordinal));
        await PulseAsync(1);
        return table;
    }

    /// <summary>A second each, and whatever it leads to.</summary>
    private async Task PulseAsync(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            Feed.Now += TimeSpan.FromSeconds(1);
            Feed.Pulse();
            await Renderer.Dispatcher.InvokeAsync(static () => { });
        }
    }

    private TaskPage Page() => new(
        [new TaskRow { TaskId = "task-1", Status = _status, StartedAt = Feed.Now.AddMinutes(-1), EndedAt = _status == "processing" ? null : Feed.Now, Position = new LogPosition(_position, 0) }],
        null, null, new LogPosition(_position, 0), 1, null);
}
