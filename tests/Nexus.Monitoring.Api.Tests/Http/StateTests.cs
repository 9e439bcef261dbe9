using System.Net;
using System.Text.Json;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Tests.Http;

public sealed class StateTests
{
    /// <summary>What a dashboard does, while events pour in: load, subscribe with the position, fold. It must come to what the node has.</summary>
    [Fact]
    public async Task Snapshot_ThenSubscribe_LeavesNoGapAndDoublesNothing()
    {
        await using var api = await ApiHost.StartAsync();
        api.Log.Append(500);
        var pouring = Task.Run(() =>
        {
            for (var i = 0; i < 3000; i++)
            {
                api.Log.Append(Sample.Event(i % 2 == 0 ? EventTypes.TaskStarted : EventTypes.TaskCompleted, "p", $"t{i / 2}"));
            }
        });

        var json = await api.Http.GetStringAsync(new Uri("/api/snapshot?ended_tasks=100000", UriKind.Relative));
        var state = LiveState.FromSnapshot(JsonSerializer.Deserialize(json, MonitoringJson.Context.LiveStateSnapshot)!);
        await using var client = await api.ConnectAsync($"?cursor={state.Position}");
        await pouring;
        while (state.Position < api.Log.Positions[^1])
        {
            var message = (await client.NextAsync())!.Value;
            if (message.TryGetProperty("event_id", out _))
            {
                var e = message.Deserialize(MonitoringJson.Context.MonitoringEvent)!;
                state.Apply(e, LogPosition.Parse(e.Cursor!));
            }
            else
            {
                Assert.Equal("resumed", message.GetProperty("type").GetString());
            }
        }

        await api.FoldsAsync(state.Position);
        var node = await api.Http.GetJsonAsync("/api/snapshot?ended_tasks=100000");
        Assert.Equal(3500, state.Events);
        Assert.Equal(node.GetRawText(), JsonSerializer.Serialize(state.ToSnapshot(), MonitoringJson.Context.LiveStateSnapshot));
    }

    [Fact]
    public async Task Runs_Pages_ListEachOnceTheLastChangedFirst()
    {
        await using var api = await ApiHost.StartAsync();
        for (var i = 0; i < 25; i++)
        {
            api.Log.Append(Sample.Event(EventTypes.RunStarted, i % 2 == 0 ? "even" : "odd", $"run{i}"));
        }

        await api.FoldsAsync(api.Log.Append(Sample.Event(EventTypes.RunCompleted, taskId: "run3")));

        var ids = await PagesAsync(api, "/api/runs?limit=10", "run_id");
        var odd = await PagesAsync(api, "/api/runs?limit=10&project_id=odd&status=processing", "run_id");

        Assert.Equal(["run3", .. Enumerable.Range(0, 25).Reverse().Where(i => i != 3).Select(i => $"run{i}")], ids);
        Assert.Equal(Enumerable.Range(0, 25).Reverse().Where(i => i % 2 == 1 && i != 3).Select(i => $"run{i}"), odd);
    }

    [Fact]
    public async Task Tasks_ByRunTypeAndStatus_ListsThose()
    {
        await using var api = await ApiHost.StartAsync();
        for (var i = 0; i < 12; i++)
        {
            api.Log.Append(Sample.Event(i < 6 ? EventTypes.TaskStarted : EventTypes.TaskFailed, "p", $"t{i}", $"r{i % 2}") with
            {
                TaskType = i % 3 == 0 ? "search" : "reasoning",
            });
        }

        await api.FoldsAsync(api.Log.Positions[^1]);

        Assert.Equal(["t10", "t8", "t6", "t4", "t2", "t0"], await PagesAsync(api, "/api/tasks?run_id=r0&limit=4", "task_id"));
        Assert.Equal(["t9", "t6"], await PagesAsync(api, "/api/tasks?status=failed&task_type=search", "task_id"));
        Assert.Equal("r1", (await api.Http.GetJsonAsync("/api/tasks/t3")).GetProperty("run_id").GetString());
    }

    [Fact]
    public async Task Workers_Pages_AreInTheOrderOfTheirIds()
    {
        await using var api = await ApiHost.StartAsync();
        foreach (var id in new[] { 5, 3, 9, 1, 7 })
        {
            api.Log.Append(Sample.Event(EventTypes.WorkerStarted) with { WorkerId = id });
        }

        await api.FoldsAsync(api.Log.Positions[^1]);

        Assert.Equal(["1", "3", "5", "7", "9"], await PagesAsync(api, "/api/workers?limit=2", "worker_id"));
    }

    [Theory]
    [InlineData("/api/runs?status=pending", 400, "status is 'pending'; one of processing, completed, failed is allowed.")]
    [InlineData("/api/tasks?status=done", 400, "status is 'done'; one of pending,")]
    [InlineData("/api/tasks?cursor=x", 400, "cursor is 'x'; the value of next in the page before is allowed.")]
    [InlineData("/api/workers?cursor=x", 400, "cursor is 'x';")]
    [InlineData("/api/workers?limit=-1", 400, "limit is '-1'; a whole number from 1 to 1000 is allowed.")]
    [InlineData("/api/snapshot?ended_tasks=many", 400, "ended_tasks is 'many'; a whole number from 0 to 100000 is allowed.")]
    [InlineData("/api/runs/nope", 404, "No run 'nope' is known;")]
    [InlineData("/api/tasks/nope", 404, "No task 'nope' is known;")]
    public async Task Get_WhatIsNotValidOrNotThere_IsAProblemWithASentence(string path, int status, string detail)
    {
        await using var api = await ApiHost.StartAsync();

        using var answer = await api.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.StartsWith(detail, JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshot_Alias_IsTheSame()
    {
        await using var api = await ApiHost.StartAsync();

        Assert.Equal(
            (await api.Http.GetJsonAsync("/api/snapshot")).GetRawText(), (await api.Http.GetJsonAsync("/monitor/snapshot")).GetRawText());
    }

    [Fact]
    public async Task Health_TellsEntriesAndEventsOfTheLog()
    {
        await using var api = await ApiHost.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            api.Log.Append(Sample.Event());
        }

        await Eventually.IsTrueAsync(
            async () =>
            {
                var log = (await api.Http.GetJsonAsync("/health")).GetProperty("checks").GetProperty("log");
                return (log.GetProperty("entries").GetInt64(), log.GetProperty("events").GetInt64()) == (3, 3);
            },
            "three events are told of");
    }

    [Fact]
    public async Task Health_LogAway_Is503WithSentenceAndSinceWhen()
    {
        await using var api = await ApiHost.StartAsync();
        using var healthy = await api.Http.GetAsync(new Uri("/health", UriKind.Relative));
        api.Log.IsAway = true;
        api.Log.Ring();
        await Eventually.IsTrueAsync(() => !api.Feed.Status.IsConnected, "the outage is noticed");

        using var away = await api.Http.GetAsync(new Uri("/health", UriKind.Relative));
        var log = JsonElement.Parse(await away.Content.ReadAsStringAsync()).GetProperty("checks").GetProperty("log");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (healthy.StatusCode, away.StatusCode));
        Assert.StartsWith("The log is away. (since ", log.GetProperty("description").GetString(), StringComparison.Ordinal);
        using var alive = await api.Http.GetAsync(new Uri("/alive", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    private static async Task<List<string>> PagesAsync(ApiHost api, string path, string id)
    {
        var ids = new List<string>();
        var cursor = "";
        while (true)
        {
            var page = await api.Http.GetJsonAsync(path + cursor);
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(id).ToString()));
            if (!page.TryGetProperty("next", out var next))
            {
                return ids;
            }

            cursor = $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={next.GetString()}";
        }
    }
}
