using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Api.TimeMachine;
using Nexus.Monitoring.Api.TimeMachine.Checkpoints;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using ScriptedFleet = Nexus.Testing.Fleet.ScriptedFleet;

namespace Nexus.Monitoring.Api.Tests.TimeMachine;

public sealed class StateAtTests : IDisposable
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds((long)Fixtures.MemoryLog.FirstMillisecond);

    private const int FewTasks = 30;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nexus-time-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task State_AtHundredRandomInstants_IsWhatWasSeenLiveThere()
    {
        await using var api = await StartAsync();
        var (folded, random) = (new LiveState(), new Random(11));
        var (seen, between) = (new Dictionary<LogPosition, JsonNode>(), new Dictionary<LogPosition, JsonNode>());
        var fleet = Fleet(api, (position, json) =>
        {
            Assert.True(EventJson.TryRead(json, out var e, out _));
            folded.Apply(e, position);
            if (random.Next(60) == 0 && between.Count < 100)
            {
                between[position] = JsonSerializer.SerializeToNode(folded.ToSnapshot(100_000), MonitoringJson.Context.LiveStateSnapshot)!;
            }
        });
        while (seen.Count < 100)
        {
            fleet.AdvanceTo(fleet.Now + TimeSpan.FromSeconds(random.Next(1, 20)));
            if (seen.Count is 40 or 70)
            {
                fleet.Kill(seen.Count / 10);
            }

            await api.FoldsAsync(api.Log.Positions[^1]);
            seen[api.Log.Positions[^1]] = await GetAsync(api, "/api/snapshot?ended_tasks=100000");
        }

        Assert.Contains("\"evidence\":{", seen[api.Log.Positions[^1]].ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(100, between.Count);
        await IsStoredAsync(api);
        await api.Services.GetRequiredService<CheckpointBuilder>().BuildAsync(TestContext.Current.CancellationToken);
        Assert.InRange(api.Services.GetRequiredService<CheckpointStore>().Count, 10, 1000);

        foreach (var (position, live) in seen.Concat(between))
        {
            var at = await GetAsync(api, $"/api/state?at={position}&ended_tasks=100000");
            Assert.Equal("0-0", (string?)at["since"]);
            at.AsObject().Remove("at");
            at.AsObject().Remove("since");
            Assert.True(JsonNode.DeepEquals(live, at), $"at {position}");
            var few = Without(Without(await GetAsync(api, $"/api/state?at={position}&ended_tasks={FewTasks}"), "at"), "since");
            Assert.True(JsonNode.DeepEquals(WithFewTasks(live), few), $"with {FewTasks} ended tasks at {position}");
        }
    }

    /// <summary>An ended task that a checkpoint's nearest segment does not hold is touched again.</summary>
    [Fact]
    public async Task State_TaskThatEndedLongAgoComesBack_IsTheOneItWas()
    {
        await using var api = await StartAsync();
        api.Log.AppendAt(1_700_000_000_000, Sample.Event(EventTypes.TaskStarted, taskId: "old"));
        api.Log.AppendAt(1_700_000_000_100, Sample.Event(EventTypes.TaskCompleted, taskId: "old") with { DurationMs = 77 });
        for (var i = 0; i < 1000; i++)
        {
            api.Log.AppendAt((ulong)(1_700_000_001_000 + i), Sample.Event(EventTypes.TaskCompleted, taskId: $"t{i}"));
        }

        await IsStoredAsync(api);
        await api.Services.GetRequiredService<CheckpointBuilder>().BuildAsync(TestContext.Current.CancellationToken);
        var back = api.Log.AppendAt(1_700_000_005_000, Sample.Event(EventTypes.TaskEnqueued, taskId: "old"));
        await IsStoredAsync(api);
        await api.FoldsAsync(back);

        var at = Without(Without(await GetAsync(api, $"/api/state?at={back}&ended_tasks=1"), "at"), "since");

        Assert.True(JsonNode.DeepEquals(await GetAsync(api, "/api/snapshot?ended_tasks=1"), at));
        Assert.Contains(at["tasks"]!.AsArray(), task => (string?)task!["task_id"] == "old" && (long?)task["duration_ms"] == 77);
    }

    [Fact]
    public async Task State_AfterARestartWithATrimmedLog_GoesOnWhereItWas()
    {
        LogPosition head;
        JsonNode live;
        Fixtures.MemoryLog log;
        await using (var api = await StartAsync())
        {
            log = api.Log;
            Fleet(api).AdvanceTo(Start + TimeSpan.FromMinutes(10));
            head = log.Positions[^1];
            await api.FoldsAsync(head);
            live = await GetAsync(api, "/api/snapshot?ended_tasks=100000");
            await IsStoredAsync(api);
            await api.Services.GetRequiredService<CheckpointBuilder>().BuildAsync(TestContext.Current.CancellationToken);
        }

        log.TrimTo(400);
        await using var again = await StartAsync(log);

        await again.FoldsAsync(head);
        Assert.True(JsonNode.DeepEquals(live, await GetAsync(again, "/api/snapshot?ended_tasks=100000")));
    }

    [Fact]
    public async Task State_LogCameBackEmpty_WhatIsStoredCanStillBeLookedAt()
    {
        LogPosition head;
        JsonNode live;
        await using (var api = await StartAsync())
        {
            Fleet(api).AdvanceTo(Start + TimeSpan.FromMinutes(3));
            head = api.Log.Positions[^1];
            await api.FoldsAsync(head);
            live = await GetAsync(api, "/api/snapshot?ended_tasks=100000");
            await IsStoredAsync(api);
        }

        await using var again = await StartAsync(new Fixtures.MemoryLog());
        await Eventually.IsTrueAsync(() => again.Services.GetRequiredService<HistoryState>().Head == head, "the history is open");

        foreach (var at in (string[])[$"{head}", "-1s"])
        {
            var stored = Without(Without(await GetAsync(again, $"/api/state?at={at}&ended_tasks=100000"), "at"), "since");
            Assert.True(JsonNode.DeepEquals(live, stored), at);
        }

        // Once something is appended, now is what the new log tells; the instant before it stays what it was.
        var first = again.Log.AppendAt(head.Milliseconds + 1000, Sample.Event(taskId: "new"));
        await IsStoredAsync(again);
        await again.FoldsAsync(first);
        var now = Without(Without(await GetAsync(again, $"/api/state?at={first}"), "at"), "since");
        Assert.True(JsonNode.DeepEquals(await GetAsync(again, "/api/snapshot"), now), "after it began anew");
        Assert.Equal(1, (long)now["events"]!);
        Assert.Equal((long)live["events"]!, (long)(await GetAsync(again, $"/api/state?at={head}"))["events"]!);
    }

    [Fact]
    public async Task State_CheckpointDamaged_IsFoldedFromTheOneBefore()
    {
        await using var api = await StartAsync();
        Fleet(api).AdvanceTo(Start + TimeSpan.FromMinutes(5));
        await IsStoredAsync(api);
        await api.Services.GetRequiredService<CheckpointBuilder>().BuildAsync(TestContext.Current.CancellationToken);
        var store = api.Services.GetRequiredService<CheckpointStore>();
        var newest = store.Find(LogPosition.End)!.Value;
        var expected = await GetAsync(api, $"/api/state?at={newest.Position}");
        var core = Directory.GetFiles(store.Folder!, $"{newest.Position}.state").Single();
        var bytes = await File.ReadAllBytesAsync(core, TestContext.Current.CancellationToken);
        bytes[^40] ^= 1;
        await File.WriteAllBytesAsync(core, bytes, TestContext.Current.CancellationToken);

        var (before, after) = (store.Count, await GetAsync(api, $"/api/state?at={newest.Position}&ended_tasks=1001"));

        Assert.True(JsonNode.DeepEquals(Without(expected, "tasks"), Without(after, "tasks")));
        Assert.Equal(before - 1, store.Count);
        Assert.False(File.Exists(core));
    }

    [Fact]
    public async Task State_ByTime_SaysWhichEventItStandsFor()
    {
        await using var api = await StartAsync();
        api.Log.AppendAt(1_700_000_001_000, Sample.Event());
        var second = api.Log.AppendAt(1_700_000_002_000, Sample.Event(taskId: "u"));
        api.Log.AppendAt(1_700_000_009_000, Sample.Event(taskId: "v"));
        await IsStoredAsync(api);

        var at = await GetAsync(api, $"/api/state?at={DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_005_000):yyyy-MM-ddTHH:mm:ssZ}");

        Assert.Equal(second.ToString(), (string?)at["position"]);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_005_000), (DateTimeOffset)at["at"]!);
        Assert.Equal(2, (long)at["events"]!);
    }

    [Fact]
    public async Task State_TheNewestInstant_IsReadFromTheLogWhatHistoryLacks()
    {
        await using var api = await StartAsync(null, ("Monitoring:History:CommitInterval", "00:01:00"));
        Fleet(api).AdvanceTo(Start + TimeSpan.FromMinutes(1));
        var head = api.Log.Positions[^1];
        await api.FoldsAsync(head);
        await IsOpenAsync(api);

        var at = await GetAsync(api, $"/api/state?at={head}&ended_tasks=100000");

        Assert.True(JsonNode.DeepEquals(await GetAsync(api, "/api/snapshot?ended_tasks=100000"), Without(Without(at, "at"), "since")));
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest, "a cursor such as")]
    [InlineData("yesterday", HttpStatusCode.BadRequest, "a cursor such as")]
    [InlineData("2999-01-01T00:00:00Z", HttpStatusCode.BadRequest, "lies in the future")]
    [InlineData("99999999999999-0", HttpStatusCode.BadRequest, "lies in the future")]
    [InlineData("2020-01-01T00:00:00Z", HttpStatusCode.NotFound, "What is kept begins at 2023-11-14")]
    [InlineData("1-0", HttpStatusCode.NotFound, "nothing is known of 1970-01-01")]
    public async Task State_CannotBeShown_SaysWhy(string at, HttpStatusCode status, string why)
    {
        await using var api = await StartAsync();
        api.Log.Append(3);
        await IsStoredAsync(api);

        using var answer = await api.Http.GetAsync(new Uri($"/api/state?at={at}", UriKind.Relative), TestContext.Current.CancellationToken);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(why, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_WithoutHistory_SaysWhereToKeepOne()
    {
        await using var api = await ApiHost.StartAsync();
        api.Log.Append(3);

        using var answer = await api.Http.GetAsync(new Uri("/api/state?at=-1s", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Monitoring:History:Path", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_AskedByManyAtOnce_IsPutTogetherOnce()
    {
        await using var api = await StartAsync();
        Fleet(api).AdvanceTo(Start + TimeSpan.FromMinutes(2));
        await IsStoredAsync(api);
        var position = api.Log.Positions[500];

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GetAsync(api, $"/api/state?at={position}")));

        Assert.All(answers, answer => Assert.True(JsonNode.DeepEquals(answers[0], answer)));
        Assert.Equal(1, api.Services.GetRequiredService<StateAnswers>().Built);
    }

    [Fact]
    public async Task Checkpoints_MoreThanAllowed_TheOlderGiveWay()
    {
        await using var api = await StartAsync(null, ("Monitoring:TimeMachine:MaxCheckpoints", "8"));
        var fleet = Fleet(api);
        var store = api.Services.GetRequiredService<CheckpointStore>();
        for (var minutes = 1; minutes <= 6; minutes++)
        {
            fleet.AdvanceTo(Start + TimeSpan.FromMinutes(minutes));
            await IsStoredAsync(api);
            await api.Services.GetRequiredService<CheckpointBuilder>().BuildAsync(TestContext.Current.CancellationToken);
        }

        Assert.InRange(store.Count, 4, 8);
        foreach (var position in api.Log.Positions.Where((_, index) => index % 400 == 399))
        {
            Assert.Equal(position.ToString(), (string?)(await GetAsync(api, $"/api/state?at={position}"))["position"]);
        }
    }

    private static JsonNode WithFewTasks(JsonNode live)
    {
        var (few, left) = (live.DeepClone(), FewTasks);
        foreach (var task in few["tasks"]!.AsArray().ToList())
        {
            if ((string?)task!["status"] is "completed" or "failed" or "cancelled" && --left < 0)
            {
                few["tasks"]!.AsArray().Remove(task);
            }
        }

        return few;
    }

    /// <summary>Its verdicts come with their evidence, as those of the node that watches the clock do.</summary>
    private static ScriptedFleet Fleet(ApiHost api, Action<LogPosition, byte[]>? appended = null) => new(Start, e =>
    {
        var told = e.EventType is EventTypes.WorkerLost or EventTypes.TaskStalled
            ? e with
            {
                Meta = new Verdict
                {
                    WorkerId = e.WorkerId!.Value, Reason = VerdictReasons.Silent, LastSeenAt = e.Timestamp.AddSeconds(-31),
                    LastHeartbeatAt = e.Timestamp.AddSeconds(-31), TtlMs = 30_000, Token = 1, Upto = api.Log.Positions[^1],
                }.ToMeta(),
            }
            : e;
        var position = api.Log.AppendAt((ulong)e.Timestamp.ToUnixTimeMilliseconds(), told);
        appended?.Invoke(position, EventJson.ToUtf8(told));
    });

    private static async Task<JsonNode> GetAsync(ApiHost api, string path) =>
        (await api.Http.GetFromJsonAsync<JsonNode>(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken))!;

    private static JsonNode Without(JsonNode node, string field)
    {
        node.AsObject().Remove(field);
        return node;
    }

    private static Task IsOpenAsync(ApiHost api)
    {
        var state = api.Services.GetRequiredService<HistoryState>();
        return Eventually.IsTrueAsync(() => state.Problem is null, "history is open");
    }

    private static Task IsStoredAsync(ApiHost api)
    {
        var state = api.Services.GetRequiredService<HistoryState>();
        return Eventually.IsTrueAsync(() => state.Head >= api.Log.Positions[^1], "history holds what was appended");
    }

    private Task<ApiHost> StartAsync(Fixtures.MemoryLog? log = null, params (string Key, string Value)[] settings) => ApiHost.StartAsync(
        log,
        [
            ("Monitoring:History:Path", Path.Combine(_folder.FullName, "events.duckdb")),
            ("Monitoring:History:MaxAge", "00:00:00"),
            ("Monitoring:History:CommitInterval", "00:00:00.050"),
            ("Monitoring:TimeMachine:CheckpointEvents", "300"),
            ("Monitoring:TimeMachine:CheckpointDistance", "00:00:00"),
            ("Monitoring:TimeMachine:CheckpointInterval", "00:30:00"),
            .. settings,
        ]);
}
