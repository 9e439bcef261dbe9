using System.Collections.Concurrent;
using System.Net;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Components.Runs;
using Nexus.Monitoring.Web.Components.Tasks;
using Nexus.Monitoring.Web.Live;
using Nexus.Monitoring.Web.Tests.Api;

namespace Nexus.Monitoring.Web.Tests.Components;

/// <summary>A page about one thing shows nothing of the one before, whatever is answered when.</summary>
public sealed class StoryPageTests : DashboardContext, IEventPages
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<EventsFrame>> _answers = new();
    private readonly AnsweringApi _api;

    public StoryPageTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        _api = new AnsweringApi(request => request.RequestUri!.AbsolutePath.StartsWith("/api/tasks", StringComparison.Ordinal)
            && !request.RequestUri.AbsolutePath.EndsWith("/why", StringComparison.Ordinal)
            ? AnsweringApi.Json("{}")
            : AnsweringApi.Problem(HttpStatusCode.NotFound));
        Services.AddSingleton(new ApiReader(_api));
        Services.AddSingleton<IEventPages>(this);
    }

    public LogPosition? Until => null;

    public Task<EventsFrame> ReadBackAsync(LogPosition? upto, string? run, CancellationToken cancellationToken) => Answer(run!).Task;

    [Fact]
    public async Task RunPage_AnotherRun_ShowsNothingOfTheOneBefore()
    {
        var page = Render<RunPage>(parameters => parameters.Add(x => x.Id, "run-a"));
        Answer("run-a").SetResult(Frame("run-a", "task-of-a"));
        await page.WaitForAssertionAsync(() => Assert.Contains("task-of-a", page.Markup, StringComparison.Ordinal));

        page.Render(parameters => parameters.Add(x => x.Id, "run-b"));

        Assert.DoesNotContain("task-of-a", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Reading what is known of this run", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunPage_AnswerOfTheOneBeforeIsLate_IsNotShown()
    {
        var page = Render<RunPage>(parameters => parameters.Add(x => x.Id, "run-a"));
        page.Render(parameters => parameters.Add(x => x.Id, "run-b"));
        Answer("run-b").SetResult(Frame("run-b", "task-of-b"));
        await page.WaitForAssertionAsync(() => Assert.Contains("task-of-b", page.Markup, StringComparison.Ordinal));

        Answer("run-a").SetResult(Frame("run-a", "task-of-a"));
        await page.InvokeAsync(static () => { });

        Assert.Contains("task-of-b", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("task-of-a", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunPage_AnswerIsCut_SaysSoAndTriesAgainOnRequest()
    {
        var page = Render<RunPage>(parameters => parameters.Add(x => x.Id, "run-a"));
        Answer("run-a").SetException(new ApiProblemException("The API's answer was cut short."));
        await page.WaitForAssertionAsync(() => Assert.Contains("cut short", page.Markup, StringComparison.Ordinal));

        _answers.Clear();
        Answer("run-a").SetResult(Frame("run-a", "task-of-a"));
        await page.Find(".state button").ClickAsync(new());

        await page.WaitForAssertionAsync(() => Assert.Contains("task-of-a", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TaskPage_AnswerOfTheOneBeforeIsLate_IsNotShown()
    {
        var page = Render<TaskDetailsPage>(parameters => parameters.Add(x => x.Id, "task-a"));
        page.Render(parameters => parameters.Add(x => x.Id, "task-b"));
        Answer("task-b").SetResult(Frame("run-b", "task-b"));
        await page.WaitForAssertionAsync(() => Assert.Contains("/monitoring/runs/run-b", page.Markup, StringComparison.Ordinal));

        Answer("task-a").SetResult(Frame("run-a", "task-a"));
        await page.InvokeAsync(static () => { });

        Assert.Contains("/monitoring/runs/run-b", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("/monitoring/runs/run-a", page.Markup, StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        _api.Dispose();
        base.Dispose(disposing);
    }

    private TaskCompletionSource<EventsFrame> Answer(string id) => _answers.GetOrAdd(id, _ => new());

    private static EventsFrame Frame(string run, string task) => new()
    {
        After = new(1, 0),
        Upto = new(9, 0),
        Events = [Entry(2, run, EventTypes.RunStarted, run), Entry(3, run, EventTypes.TaskEnqueued, task), Entry(4, run, EventTypes.TaskStarted, task)],
    };

    private static MonitoringEvent Entry(ulong ms, string run, string type, string task) => new()
    {
        EventId = $"{run}-{ms}",
        Timestamp = DateTimeOffset.UnixEpoch,
        EventType = type,
        TaskId = task,
        ParentTaskId = run,
        Phase = type.StartsWith("task", StringComparison.Ordinal) ? "search" : null,
        Cursor = new LogPosition(ms, 0).ToString(),
    };
}
