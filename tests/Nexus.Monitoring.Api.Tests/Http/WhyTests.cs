using System.Net;
using System.Text.Json;
using Nexus.Monitoring.Api.Http.Why;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Api.Tests.Watch;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

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
            "Task a waits in the queue of search since 12:00:05 UTC, number 2 of 2; whoever has taken such tasks is at work: "
            + "worker 1 (on task x since 12:00:00 UTC), worker 2 (on task y since 12:00:02 UTC).",
            await SayAsync("a"));
    }

    [Fact]
    public async Task Pending_IdleWorkersThatTookSuchTasks_CouldTakeIt()
    {
        for (var worker = 1; worker <= 6; worker++)
        {
            _stage.StartWorker(worker);
        }

        for (var worker = 1; worker <= 5; worker++)
        {
            _stage.Task(EventTypes.TaskStarted, $"x{worker}", worker);
        }

        foreach (var worker in (int[])[1, 3, 4, 5])
        {
            _stage.Task(EventTypes.TaskCompleted, $"x{worker}", worker);
        }

        _stage.Task(EventTypes.TaskEnqueued, "a");

        Assert.Equal(
            "Task a waits in the queue of search since 12:00:00 UTC, number 1 of 1; it could be taken by "
            + "worker 1 (idle), worker 3 (idle), worker 4 (idle) and 1 more.",
            await SayAsync("a"));
    }

    /// <summary>Worker 2 has done nothing but other work in this life: that it would take this, nothing proves.</summary>
    [Fact]
    public async Task Pending_IdleWorkersThatNeverTookSuchTasks_AreNotSaidToTakeIt()
    {
        _stage.StartWorker(1);
        _stage.StartWorker(2);
        _stage.Task(EventTypes.TaskStarted, "x", 2);
        _stage.Task(EventTypes.TaskCompleted, "x", 2);
        _stage.StartWorker(2);
        _stage.Append(EventTypes.TaskStarted, e => e with { TaskId = "r", TaskType = "reasoning", WorkerId = 2 });
        _stage.Append(EventTypes.TaskCompleted, e => e with { TaskId = "r", TaskType = "reasoning", WorkerId = 2 });
        _stage.Task(EventTypes.TaskEnqueued, "a");

        Assert.Equal(
            "Task a waits in the queue of search since 12:00:00 UTC, number 1 of 1; nobody who is online has taken such a task yet; idle: worker 1, worker 2.",
            await SayAsync("a"));
    }

    /// <summary>How many hands a worker has, no event says.</summary>
    [Fact]
    public async Task Pending_WorkersWithSeveralTasks_AreSaidToBeAtWorkAndNotToBeFull()
    {
        _stage.StartWorker(1);
        _stage.Task(EventTypes.TaskStarted, "x", 1);
        _stage.Task(EventTypes.TaskStarted, "y", 1);
        _stage.Task(EventTypes.TaskStarted, "z", 1);
        _stage.Task(EventTypes.TaskEnqueued, "a");

        Assert.Equal(
            "Task a waits in the queue of search since 12:00:00 UTC, number 1 of 1; whoever has taken such tasks is at work: "
            + "worker 1 (on task z since 12:00:00 UTC and 2 more).",
            await SayAsync("a"));
    }

    [Theory]
    [InlineData(9_000, "Task a waits for its next attempt since 12:00:00 UTC, when attempt 1 had failed; it is due at 12:00:09 UTC.")]
    [InlineData(null, "Task a waits for its next attempt since 12:00:00 UTC, when attempt 1 had failed; when it is due, no event says.")]
    [InlineData(1_000, "Task a waits in the queue of search since 12:00:00 UTC, number 1 of 1, for its next attempt, which is due since 12:00:01 UTC; it could be taken by worker 1 (idle).")]
    public async Task Retrying_SaysWhenItIsDue_AndThatItCanBeTakenOnlyThen(int? delay, string sentence)
    {
        _stage.StartWorker(1);
        _stage.Task(EventTypes.TaskStarted, "a", 1);
        _stage.Append(EventTypes.TaskRetry, e => e with
        {
            TaskId = "a",
            WorkerId = 1,
            Error = "HTTP 429",
            Meta = delay is null ? null : JsonSerializer.SerializeToElement(new Dictionary<string, int?> { ["retry_delay_ms"] = delay }),
        });
        await _stage.PassAsync(2);
        _stage.Append(EventTypes.WorkerHeartbeat, e => e with { WorkerId = 1 });

        Assert.Equal(sentence, await SayAsync("a"));
    }

    /// <summary>Of an imported task, or one that was forgotten, only its own events are known.</summary>
    [Fact]
    public void Pending_ToldByItsOwnEventsOnly_ClaimsNothingAboutWorkersAndPlace()
    {
        var own = new LiveState();
        own.Apply(
            new MonitoringEvent { EventId = "e", Timestamp = WatchStage.Start, EventType = EventTypes.TaskEnqueued, TaskId = "a", TaskType = "search" },
            LogPosition.At(WatchStage.Start));

        Assert.Equal(
            "Task a waits in the queue of search since 12:00:00 UTC; its own events do not tell what waits before it and who could take it.",
            WhyWaiting.Explain(own, "a", isWhole: false)!.Sentence);
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
