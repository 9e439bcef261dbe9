using System.Net;
using System.Text.Json;
using Nexus.Monitoring.Api.Http.Why;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Api.Tests.Watch;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Api.Tests.Http;

/// <summary>Each sentence written by hand.</summary>
public sealed class WhyTests
{
    private readonly WatchStage _stage = new();
    private readonly WatchStage.Node _node;

    public WhyTests() => _node = _stage.AddNode();

    [Fact]
    public async Task Pending_EverybodyBusy_NamesPlaceAndWhatTheyDo()
    {
        _stage.StartWorker(1);
        _stage.StartWorker(2);
        _stage.Task(EventTypes.TaskStarted, "x", 1);
        await _stage.PassAsync(2);
        _stage.Task(EventTypes.TaskStarted, "y", 2);
        _stage.Task(EventTypes.TaskEnqueued, "first");
        await _stage.PassAsync(3);
        _stage.Task(EventTypes.TaskEnqueued, "a");

        Assert.Equal(
            "Task a waits in the queue of search since 12:00:05 UTC, number 2 of 2; every worker is busy: "
            + "worker 1 (on task x since 12:00:00 UTC), worker 2 (on task y since 12:00:02 UTC).",
            await SayAsync("a"));
    }

    [Fact]
    public async Task Pending_IdleWorkers_AreNamed()
    {
        for (var worker = 1; worker <= 5; worker++)
        {
            _stage.StartWorker(worker);
        }

        _stage.Task(EventTypes.TaskStarted, "x", 2);
        _stage.Task(EventTypes.TaskEnqueued, "a");

        Assert.Equal(
            "Task a waits in the queue of search since 12:00:00 UTC, number 1 of 1; it could be taken by "
            + "worker 1 (idle), worker 3 (idle), worker 4 (idle) and 1 more.",
            await SayAsync("a"));
    }

    [Fact]
    public async Task Pending_NobodyOnline_SaysWhoWasLast()
    {
        _stage.StartWorker(7);
        _stage.Append(EventTypes.WorkerStopped, e => e with { WorkerId = 7 });
        _stage.Silence(7);
        _stage.Task(EventTypes.TaskEnqueued, "a");

        Assert.Equal(
            "Task a waits in the queue of search since 12:00:00 UTC, number 1 of 1; no worker is online, the last one, worker 7, stopped at 12:00:00 UTC.",
            await SayAsync("a"));
    }

    [Fact]
    public async Task Orphaned_SaysOnWhatEvidence()
    {
        _stage.StartWorker(7);
        _stage.Task(EventTypes.TaskStarted, "a", 7);
        _stage.Silence(7);
        await _stage.PassAsync(40);

        Assert.Equal(
            "Task a waits to be put back into the queue of search: worker 7, which had it since 12:00:00 UTC, "
            + "has given no sign of life for 30 s, last seen at 12:00:00 UTC.",
            await SayAsync("a"));
    }

    [Fact]
    public async Task RunHasEnded_ItWillNotStart()
    {
        _stage.Task(EventTypes.TaskEnqueued, "a");
        _stage.Append(EventTypes.RunFailed, e => e with { TaskId = "run1" });

        Assert.Equal("Task a will not start any more: its run run1 has failed at 12:00:00 UTC.", await SayAsync("a"));
    }

    [Fact]
    public async Task Processing_DoesNotWait()
    {
        _stage.Task(EventTypes.TaskStarted, "a", 7);

        Assert.Equal("Task a does not wait: worker 7 has worked on it since 12:00:00 UTC.", await SayAsync("a"));
    }

    [Fact]
    public async Task Get_OverHttp_PartsAreLinksThatLead()
    {
        await using var host = await ApiHost.StartAsync();
        host.Log.Append(Sample.Event(EventTypes.WorkerStarted) with { TaskId = null, WorkerId = 3 });
        await host.FoldsAsync(host.Log.Append(Sample.Event(EventTypes.TaskEnqueued, "atlas", "a b", "run1") with { TaskType = "search" }));

        using var answer = JsonDocument.Parse(await host.Http.GetStringAsync("/api/tasks/a%20b/why", TestContext.Current.CancellationToken));
        var parts = answer.RootElement.GetProperty("parts").EnumerateArray().Where(part => part.TryGetProperty("href", out _)).ToList();

        Assert.True(answer.RootElement.GetProperty("is_waiting").GetBoolean());
        Assert.Equal(["task", "queue", "worker"], parts.Select(part => part.GetProperty("kind").GetString()));
        foreach (var part in parts)
        {
            var text = await host.Http.GetStringAsync(part.GetProperty("href").GetString(), TestContext.Current.CancellationToken);
            Assert.Contains(part.GetProperty("kind").GetString() == "worker" ? "\"worker_id\":3" : "\"task_id\":\"a b\"", text, StringComparison.Ordinal);
        }

        using var missing = await host.Http.GetAsync("/api/tasks/none/why", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    private async Task<string> SayAsync(string task)
    {
        await _node.LookAsync();
        return _node.View.Read(state => WhyWaiting.Explain(state, task)!.Sentence);
    }
}
