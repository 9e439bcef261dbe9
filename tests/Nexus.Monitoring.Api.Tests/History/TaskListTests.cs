using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Api.Tests.History;

public sealed class TaskListTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nexus-tasks-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task List_EverySort_LiveAndStoredAreOneList()
    {
        await using var api = await StartAsync();
        Tell(api);
        await IsStoredAsync(api);

        Assert.Equal("open,waits,gone,bad,quick,slow", await IdsAsync(api, ""));
        Assert.Equal("slow,quick,bad,gone,waits,open", await IdsAsync(api, "&order=asc"));
        Assert.Equal("open,waits,gone,bad,quick,slow", await IdsAsync(api, "&sort=finished"));
        Assert.Equal("slow,quick,bad,gone,waits,open", await IdsAsync(api, "&sort=finished&order=asc"));
        Assert.Equal("waits,bad,open,quick,slow,gone", await IdsAsync(api, "&sort=waiting"));
        Assert.Equal("open,slow,quick,bad,waits,gone", await IdsAsync(api, "&sort=running"));
        Assert.Equal("waits,open,bad,slow,gone,quick", await IdsAsync(api, "&sort=duration"));
        Assert.Equal("bad", await IdsAsync(api, "&status=failed"));
        Assert.Equal("open,bad", await IdsAsync(api, "&q=worker:3"));
        Assert.Equal("waits", await IdsAsync(api, "&status=pending"));
        Assert.Equal("bad", await IdsAsync(api, "&q=\"no luck\" type:task_failed&run_id=r1&task_type=search&project_id=atlas"));
        Assert.Equal("bad", await IdsAsync(api, "&q=error:LUCK&sort=running"));
        Assert.Equal("", await IdsAsync(api, "&q=error:other"));
        Assert.Equal("", await IdsAsync(api, "&run_id=r2"));
    }

    [Fact]
    public async Task List_StoredRow_SaysWhatTheLiveStateSaid()
    {
        await using var api = await StartAsync();
        Tell(api);
        await IsStoredAsync(api);

        var bad = (await PageAsync(api, "q=task:bad")).Items.Single();

        Assert.Equal(("bad", "failed", 2, 3, "no luck"), (bad.TaskId, bad.Status, bad.Attempt, bad.WorkerId, bad.Error));
        Assert.Equal((At(100), At(5500), At(5900)), (bad.EnqueuedAt, bad.StartedAt, bad.EndedAt));
        Assert.Equal((4500, 380), (bad.WaitMs, bad.DurationMs));
        var slow = (await PageAsync(api, "q=task:slow")).Items.Single();
        Assert.Equal((At(0), At(50), At(3050), 50, 3000), (slow.EnqueuedAt, slow.StartedAt, slow.EndedAt, slow.WaitMs, slow.DurationMs));
    }

    [Fact]
    public async Task List_EndsThatAreNotStoredYet_AreToldByTheLiveState()
    {
        await using var api = await StartAsync(("Monitoring:History:CommitInterval", "00:01:00"));
        Tell(api);
        await api.FoldsAsync(api.Log.Positions[^1]);

        Assert.Equal("open,waits,gone,bad,quick,slow", await IdsAsync(api, ""));
        Assert.Equal("waits,open,bad,slow,gone,quick", await IdsAsync(api, "&sort=duration"));
    }

    [Fact]
    public async Task List_HistoryIsAway_TellsWhatIsLiveAndSaysSo()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "events.duckdb"), new string('x', 100_000), TestContext.Current.CancellationToken);
        await using var api = await StartAsync();
        Tell(api);
        await api.FoldsAsync(api.Log.Positions[^1]);

        var page = await PageAsync(api, "limit=1000");

        Assert.Equal(6, page.Items.Count);
        Assert.NotNull(page.Problem);
        await EveryPlaceCanBeJumpedToAsync(api, "", page);
    }

    /// <summary>By all sorts, the tasks that are open (at 10 s and more) and five that ended.</summary>
    private static void Tell(ApiHost api)
    {
        Add(api, 0, EventTypes.TaskEnqueued, "slow");
        Add(api, 50, EventTypes.TaskStarted, "slow", 1);
        Add(api, 100, EventTypes.TaskEnqueued, "bad");
        Add(api, 300, EventTypes.TaskStarted, "bad", 2);
        Add(api, 1000, EventTypes.TaskRetry, "bad", 2, "HTTP 503");
        Add(api, 3050, EventTypes.TaskCompleted, "slow", 1);
        Add(api, 3100, EventTypes.TaskEnqueued, "quick");
        Add(api, 3200, EventTypes.TaskStarted, "quick", 1);
        Add(api, 3700, EventTypes.TaskCompleted, "quick", 1);
        Add(api, 4000, EventTypes.TaskEnqueued, "gone");
        Add(api, 5500, EventTypes.TaskStarted, "bad", 3, retries: 1);
        Add(api, 5900, EventTypes.TaskFailed, "bad", 3, "no luck", retries: 1, took: 380);
        Add(api, 6000, EventTypes.TaskCancelled, "gone");
        Add(api, 6500, EventTypes.TaskEnqueued, "waits");
        Add(api, 7000, EventTypes.TaskEnqueued, "open");
        Add(api, 7900, EventTypes.TaskStarted, "open", 3);
    }

    private static void Add(
        ApiHost api, int ms, string type, string task, int? worker = null, string? error = null, int? retries = null, long? took = null) =>
        api.Log.AppendAt(MemoryLog.FirstMillisecond + (ulong)ms, Sample.Event(type, "atlas", task, "r1") with
        {
            TaskType = "search",
            WorkerId = worker,
            Error = error,
            RetryCount = retries,
            DurationMs = took,
        });

    private static DateTimeOffset At(int ms) => DateTimeOffset.FromUnixTimeMilliseconds((long)MemoryLog.FirstMillisecond + ms);

    /// <summary>All ids, asked for page by page; each page size gives the same.</summary>
    private static async Task<string> IdsAsync(ApiHost api, string query)
    {
        var whole = await PageAsync(api, "limit=1000" + query);
        Assert.Equal(whole.Items.Count, whole.Total);
        foreach (var limit in new[] { 1, 2, 4 })
        {
            var ids = new List<string>();
            for (string? next = ""; next is not null;)
            {
                var page = await PageAsync(api, $"limit={limit}{query}{(next.Length > 0 ? "&cursor=" + next : "")}");
                ids.AddRange(page.Items.Select(task => task.TaskId));
                Assert.Equal(whole.Total, page.Total);
                next = page.Next;
            }

            Assert.Equal(whole.Items.Select(task => task.TaskId), ids);
        }

        await EveryPlaceCanBeJumpedToAsync(api, query, whole);
        return string.Join(',', whole.Items.Select(task => task.TaskId));
    }

    /// <summary>A page that begins anywhere is what stands there, and leads both ways from it.</summary>
    private static async Task EveryPlaceCanBeJumpedToAsync(ApiHost api, string query, TaskPage whole)
    {
        var ids = whole.Items.Select(task => task.TaskId).ToList();
        var opposite = query.Contains("order=asc", StringComparison.Ordinal) ? query.Replace("&order=asc", "", StringComparison.Ordinal) : query + "&order=asc";
        for (var skip = 0; skip <= ids.Count + 1; skip++)
        {
            var page = await PageAsync(api, $"limit=2&skip={skip}{query}");
            Assert.Equal(ids.Skip(skip).Take(2), page.Items.Select(task => task.TaskId));
            Assert.Equal(skip < ids.Count, page.Previous is not null);
            if (page.Previous is { } previous)
            {
                var before = await PageAsync(api, $"limit=1000&cursor={previous}{opposite}");
                Assert.Equal(ids.Take(skip).Reverse(), before.Items.Select(task => task.TaskId));
                var behind = await PageAsync(api, $"limit=1000&skip=1&cursor={previous}{query}");
                Assert.Equal(ids.Skip(skip + 2), behind.Items.Select(task => task.TaskId));
            }
        }
    }

    private static async Task<TaskPage> PageAsync(ApiHost api, string query)
    {
        using var answer = await api.Http.GetAsync(new Uri("/api/tasks?" + query, UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize(text, MonitoringJson.Context.TaskPage)!;
    }

    private static async Task IsStoredAsync(ApiHost api)
    {
        var last = api.Log.Positions[^1];
        await api.FoldsAsync(last);
        await Eventually.IsTrueAsync(
            () => api.Services.GetRequiredService<HistoryState>() is { Problem: null } state && state.Head >= last, "all is stored");
    }

    private Task<ApiHost> StartAsync(params (string, string)[] settings) => ApiHost.StartAsync(null,
        [("Monitoring:History:Path", Path.Combine(_folder.FullName, "events.duckdb")), ("Monitoring:History:MaxAge", "00:00:00"),
            ("Monitoring:History:CommitInterval", "00:00:00.020"), .. settings]);
}
