using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Api.Tests.History;

/// <summary>What a question asks is answered, or refused; no part of it is passed over.</summary>
public sealed class HistoryQuestionTests : IDisposable
{
    private const string Queue = "/api/stats/series?metric=queue&from=2023-11-14T22:00:00Z&to=2023-11-14T23:00:00Z";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nexus-history-api-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Series_QueueOfAProject_IsOfThatProject()
    {
        await using var api = await StartAsync();
        Append(api, 0, Depth("atlas", 3));
        Append(api, 10, Depth("radar", 40));
        await IsStoredAsync(api);

        Assert.Equal(40, Deepest(await GetAsync(api, Queue)));
        Assert.Equal(3, Deepest(await GetAsync(api, $"{Queue}&project_id=atlas")));
        Assert.Equal(40, Deepest(await GetAsync(api, $"{Queue}&q=project:radar")));
    }

    [Theory]
    [InlineData("run_id=r1", "run_id")]
    [InlineData("q=task_type:search", "q")]
    [InlineData("q=project:atlas%20late", "q")]
    [InlineData("task_id=t1&project_id=atlas", "task_id")]
    [InlineData("types=task_failed", "types")]
    [InlineData("stats_only=true", "stats_only")]
    public async Task Series_QueueAskedWhatItDoesNotTell_IsRefused(string asked, string parameter)
    {
        await using var api = await StartAsync();

        using var answer = await api.Http.GetAsync(new Uri($"{Queue}&{asked}", UriKind.Relative), TestContext.Current.CancellationToken);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.BadRequest, parameter), (answer.StatusCode, problem.GetProperty("parameter").GetString()));
        Assert.EndsWith("of queues only project_id is known, as a parameter or in q.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public async Task Task_Story_SaysWhetherItIsWhole(int events, bool isComplete)
    {
        await using var api = await StartAsync();
        for (var i = 0; i < events; i++)
        {
            Append(api, i, Sample.Event(i % 2 == 0 ? EventTypes.TaskStarted : EventTypes.TaskRetry, "atlas", "t1", "r1"));
        }

        await IsStoredAsync(api);
        var task = await GetAsync(api, "/api/tasks/t1");

        Assert.Equal((isComplete, 1_000), (task.GetProperty("is_complete").GetBoolean(), task.GetProperty("events").GetArrayLength()));
        Assert.Equal(
            $"{MemoryLog.FirstMillisecond + (ulong)events - 1}-0", task.GetProperty("events")[999].GetProperty("cursor").GetString());
    }

    private static MonitoringEvent Depth(string project, long depth) => Sample.Event(EventTypes.QueueDepthUpdate, project) with
    {
        Queue = new Dictionary<string, long> { ["high_priority"] = depth },
    };

    private static void Append(ApiHost api, int ms, MonitoringEvent e) => api.Log.AppendAt(MemoryLog.FirstMillisecond + (ulong)ms, e);

    private static int Deepest(JsonElement answer) =>
        answer.GetProperty("series")[0].GetProperty("points").EnumerateArray().Max(point => point.GetProperty("max").GetInt32());

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

    private Task<ApiHost> StartAsync() => ApiHost.StartAsync(null,
        ("Monitoring:History:Path", Path.Combine(_folder.FullName, "events.duckdb")), ("Monitoring:History:CommitInterval", "00:00:00.020"),
        ("Monitoring:History:MaxAge", "00:00:00"));
}
