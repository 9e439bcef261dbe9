using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Tests.History;

/// <summary>The story of a task or run says what the board says, where history is kept, and also what the board has forgotten.</summary>
public sealed class StoryTruthTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nexus-history-truth-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A sign of life is no event of the task, and between it and the event that says so the story must not call the task dead.</summary>
    [Fact]
    public async Task Task_ReinstatedByAHeartbeat_IsProcessingInItsStoryAsOnTheBoard()
    {
        await using var api = await StartAsync();
        Append(api, 0, EventTypes.WorkerStarted, e => e with { TaskId = null, WorkerId = 4 });
        Append(api, 1_000, EventTypes.TaskStarted, e => e with { WorkerId = 4 });
        Append(api, 40_000, EventTypes.WorkerLost, e => e with { TaskId = null, WorkerId = 4, Meta = Evidence(39_000) });
        Append(api, 40_001, EventTypes.TaskStalled, e => e with { WorkerId = 4, Status = EventStatuses.Orphaned, Meta = Evidence(39_000) });
        Append(api, 50_000, EventTypes.WorkerHeartbeat, e => e with { TaskId = null, WorkerId = 4 });
        await IsStoredAsync(api);

        var board = api.Services.GetRequiredService<LiveStateView>().Read(state => (state.Task("t1")!.Status, state.Task("t1")!.RepairedAt));
        var task = await GetAsync(api, "/api/tasks/t1");

        Assert.Equal(EventStatuses.Processing, board.Status);
        Assert.Equal((board.Status, board.RepairedAt), (task.GetProperty("status").GetString(), task.GetProperty("repaired_at").GetDateTimeOffset()));
        Assert.Equal(4, task.GetProperty("evidence").GetProperty("worker_id").GetInt32());
    }

    [Fact]
    public async Task Task_VerdictThatASignOfLifeHadOvertaken_IsVoidInItsStoryToo()
    {
        await using var api = await StartAsync();
        Append(api, 0, EventTypes.WorkerStarted, e => e with { TaskId = null, WorkerId = 4 });
        Append(api, 1_000, EventTypes.TaskStarted, e => e with { WorkerId = 4 });
        Append(api, 39_500, EventTypes.WorkerHeartbeat, e => e with { TaskId = null, WorkerId = 4 });
        Append(api, 40_000, EventTypes.TaskStalled, e => e with { WorkerId = 4, Status = EventStatuses.Orphaned, Meta = Evidence(39_000) });
        Append(api, 41_000, EventTypes.TaskReinstated, e => e with
        {
            WorkerId = 4,
            Status = EventStatuses.Processing,
            Meta = new Reinstatement { WorkerId = 4, LastSeenAt = At(39_500).Time, Token = 1, Upto = At(40_500) }.ToMeta(),
        });
        await IsStoredAsync(api);

        var task = await GetAsync(api, "/api/tasks/t1");

        Assert.Equal(("processing", "processing"), (task.GetProperty("status").GetString(), task.GetProperty("attempts")[0].GetProperty("outcome").GetString()));
        Assert.False(task.TryGetProperty("evidence", out _));
    }

    [Fact]
    public async Task TaskAndRun_ForgottenByTheLiveState_AreAnsweredFromHistory()
    {
        await using var api = await StartAsync();
        var view = api.Services.GetRequiredService<LiveStateView>();
        view.Restore(new LiveState(new LiveStateLimits { Tasks = 2, EndedTasks = 1, Runs = 1 }));
        for (var i = 1; i <= 3; i++)
        {
            var (ms, task, run) = (i * 1_000, $"t{i}", $"r{i}");
            Append(api, ms, EventTypes.RunStarted, e => e with { TaskId = run, ParentTaskId = null });
            Append(api, ms + 100, EventTypes.TaskStarted, e => e with { TaskId = task, ParentTaskId = run, WorkerId = 1 });
            Append(api, ms + 200, EventTypes.TaskFailed, e => e with { TaskId = task, ParentTaskId = run, WorkerId = 1, FailureKind = FailureKinds.TimedOut, Error = "slow" });
            Append(api, ms + 300, EventTypes.RunFailed, e => e with { TaskId = run, ParentTaskId = null });
        }

        await IsStoredAsync(api);
        await Eventually.IsTrueAsync(() => view.Read(state => state.Run("r3") is { HasEnded: true }), "the state has come as far");
        Assert.Equal((null, null), view.Read(state => (state.Task("t1"), state.Run("r1"))));

        var (one, its) = (await GetAsync(api, "/api/tasks/t1"), await GetAsync(api, "/api/runs/r1"));
        Assert.Equal(("failed", "timed_out"), (one.GetProperty("status").GetString(), one.GetProperty("failure_kind").GetString()));
        Assert.Equal(("failed", 1), (its.GetProperty("status").GetString(), its.GetProperty("tasks").GetProperty("failed_timed_out").GetInt32()));
        Assert.Equal("timed_out", (await GetAsync(api, "/api/tasks?limit=10")).GetProperty("items").EnumerateArray()
            .Single(row => row.GetProperty("task_id").GetString() == "t1").GetProperty("failure_kind").GetString());
        Assert.Contains("does not wait: it has failed", (await GetAsync(api, "/api/tasks/t1/why")).GetProperty("sentence").GetString(), StringComparison.Ordinal);
    }

    /// <summary>What a worker says of a task that is in other hands is an end in the log, and none of the task.</summary>
    [Fact]
    public async Task List_LateWordOfAWorkerThatLostTheTask_ShowsTheTaskOnceAsItStands()
    {
        await using var api = await StartAsync();
        Append(api, 1_000, EventTypes.TaskStarted, e => e with { WorkerId = 4, RetryCount = 0 });
        Append(api, 40_000, EventTypes.TaskStalled, e => e with { WorkerId = 4, Status = EventStatuses.Orphaned });
        Append(api, 41_000, EventTypes.TaskEnqueued, e => e with { RetryCount = 1 });
        Append(api, 42_000, EventTypes.TaskStarted, e => e with { WorkerId = 5, RetryCount = 1 });
        Append(api, 50_000, EventTypes.TaskFailed, e => e with { WorkerId = 4, RetryCount = 0, Error = "too late" });
        await IsStoredAsync(api);
        var view = api.Services.GetRequiredService<LiveStateView>();
        await Eventually.IsTrueAsync(() => view.Read(state => state.Position) >= api.Log.Positions[^1], "the state has come as far");

        var row = Assert.Single((await GetAsync(api, "/api/tasks?limit=10")).GetProperty("items").EnumerateArray());
        var task = await GetAsync(api, "/api/tasks/t1");

        Assert.Equal(("processing", 5), (row.GetProperty("status").GetString(), row.GetProperty("worker_id").GetInt32()));
        Assert.Equal(("processing", 5), (task.GetProperty("status").GetString(), task.GetProperty("worker_id").GetInt32()));
        Assert.Equal("too late", task.GetProperty("attempts")[0].GetProperty("error").GetString());
    }

    /// <summary>Forgotten although it waits: about workers and its place nothing is known, and nothing is said.</summary>
    [Fact]
    public async Task Why_OfATaskThatTheLiveStateHasForgotten_ClaimsNoMoreThanItsEventsTell()
    {
        await using var api = await StartAsync();
        var view = api.Services.GetRequiredService<LiveStateView>();
        view.Restore(new LiveState(new LiveStateLimits { Tasks = 1 }));
        Append(api, 0, EventTypes.WorkerStarted, e => e with { TaskId = null, WorkerId = 4 });
        Append(api, 1_000, EventTypes.TaskEnqueued);
        Append(api, 2_000, EventTypes.TaskEnqueued, e => e with { TaskId = "t2" });
        await IsStoredAsync(api);
        await Eventually.IsTrueAsync(() => view.Read(state => state.Task("t2")) is not null, "the state has come as far");

        var why = (await GetAsync(api, "/api/tasks/t1/why")).GetProperty("sentence").GetString()!;

        Assert.EndsWith("; its own events do not tell what waits before it and who could take it.", why, StringComparison.Ordinal);
    }

    private static JsonElement Evidence(int upto) => new Verdict
    {
        WorkerId = 4,
        Reason = VerdictReasons.Silent,
        LastSeenAt = At(1_000).Time,
        TtlMs = 30_000,
        Token = 1,
        Upto = At(upto),
    }.ToMeta();

    private static LogPosition At(int ms) => new(MemoryLog.FirstMillisecond + (ulong)ms, 0);

    private static void Append(ApiHost api, int ms, string type, Func<MonitoringEvent, MonitoringEvent>? change = null)
    {
        var e = Sample.Event(type, "atlas", "t1", "r1") with { TaskType = "search", Phase = "gather" };
        api.Log.AppendAt(MemoryLog.FirstMillisecond + (ulong)ms, change?.Invoke(e) ?? e);
    }

    private static async Task<JsonElement> GetAsync(ApiHost api, string path)
    {
        using var answer = await api.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static Task IsStoredAsync(ApiHost api) => Eventually.IsTrueAsync(
        () => api.Services.GetRequiredService<HistoryState>() is { Problem: null } state
            && state.Head >= (api.Log.Positions is [.., var last] ? last : default),
        "history has come to the end of the log");

    private Task<ApiHost> StartAsync() => ApiHost.StartAsync(
        null,
        ("Monitoring:History:Path", Path.Combine(_folder.FullName, "events.duckdb")),
        ("Monitoring:History:CommitInterval", "00:00:00.020"),
        ("Monitoring:History:MaxAge", "00:00:00"));
}
