using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Api.Tests.History;

public sealed class HistoryEndpointTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nexus-history-api-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Events_Query_PagesBackAndForth()
    {
        await using var api = await StartAsync();
        for (var i = 0; i < 25; i++)
        {
            api.Log.Append(Sample.Event(i % 2 == 0 ? EventTypes.TaskFailed : EventTypes.TaskStarted,
                "atlas") with { Error = $"HTTP 503 number {i}" });
        }

        await IsStoredAsync(api);
        var newest = await GetAsync(api, "/api/events?q=event_type:task_failed%20503&limit=5");
        var before = await GetAsync(api, $"/api/events?q=event_type:task_failed&limit=100&upto={newest.GetProperty("after")}");
        var after = await GetAsync(api, $"/api/events?q=type:task_failed&limit=100&cursor={before.GetProperty("upto")}");

        Assert.Equal(["16", "18", "20", "22", "24"], Numbers(newest));
        Assert.Equal(["0", "2", "4", "6", "8", "10", "12", "14"], Numbers(before));
        Assert.Equal(["16", "18", "20", "22", "24"], Numbers(after));
        Assert.Empty(Numbers(await GetAsync(api, "/api/events?q=type:task_failed&project_id=other")));
    }

    [Fact]
    public async Task Events_BadQuery_SaysColumnAndWhatWasExpected()
    {
        await using var api = await StartAsync();

        using var answer = await api.Http.GetAsync(new Uri("/api/events?q=statos:failed", UriKind.Relative),
            TestContext.Current.CancellationToken);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(1, problem.GetProperty("column").GetInt32());
        Assert.Equal(6, problem.GetProperty("length").GetInt32());
        Assert.StartsWith("Column 1: 'statos' is no field; expected status", problem.GetProperty("detail").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_HalfWrittenQuery_SaysWhatToReplaceAndWithWhat()
    {
        await using var api = await StartAsync();
        Append(api, 0, EventTypes.TaskFailed);
        await IsStoredAsync(api);

        var value = await GetAsync(api, "/api/query/complete?q=type:task_f%20AND&caret=11");
        var field = await GetAsync(api, "/api/query/complete?q=sta");

        Assert.Equal((5, 6, "event_type"), (value.GetProperty("start").GetInt32(), value.GetProperty("length").GetInt32(),
            value.GetProperty("field").GetString()));
        Assert.Equal(("task_failed", 1), (value.GetProperty("items")[0].GetProperty("text").GetString(),
            value.GetProperty("items")[0].GetProperty("count").GetInt32()));
        Assert.Equal(16, value.GetProperty("error").GetProperty("column").GetInt32());
        Assert.Equal("status:", field.GetProperty("items")[0].GetProperty("text").GetString());
        Assert.False(field.TryGetProperty("error", out _));
    }

    [Fact]
    public async Task Task_Story_TellsWaitingFromRunning()
    {
        await using var api = await StartAsync();
        Append(api, 0, EventTypes.TaskEnqueued);
        Append(api, 300, EventTypes.TaskStarted, e => e with { WorkerId = 4 });
        Append(api, 1000, EventTypes.TaskRetry, e => e with { WorkerId = 4, Error = "HTTP 503", DurationMs = 690 });
        Append(api, 1500, EventTypes.TaskStarted, e => e with { WorkerId = 7, RetryCount = 1 });
        Append(api, 1700, EventTypes.TaskCompleted, e => e with { WorkerId = 7, RetryCount = 1,
            TraceId = "4bf92f3577b34da6a3ce929d0e0e4736" });
        await IsStoredAsync(api);

        var task = await GetAsync(api, "/api/tasks/t1");
        var run = await GetAsync(api, "/api/runs/r1");

        Assert.Equal(("completed", 4, 2), (task.GetProperty("status").GetString(),
            task.GetProperty("attempts")[0].GetProperty("worker_id").GetInt32(),
            task.GetProperty("attempts").GetArrayLength()));
        Assert.Equal((800, 890), (task.GetProperty("total_wait_ms").GetInt32(), task.GetProperty("total_run_ms").GetInt32()));
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", task.GetProperty("trace_id").GetString());
        Assert.Equal(5, task.GetProperty("events").GetArrayLength());
        Assert.Equal((800, 890), (run.GetProperty("total_wait_ms").GetInt32(), run.GetProperty("total_run_ms").GetInt32()));
        Assert.Equal([4, 7], run.GetProperty("workers").EnumerateArray().Select(worker => worker.GetProperty("worker_id").GetInt32()));
        Assert.Equal("HTTP 503", run.GetProperty("errors")[0].GetProperty("title").GetString());
        Assert.Equal([(300, 700), (500, 200)], run.GetProperty("critical_path").EnumerateArray()
            .Select(step => (step.GetProperty("wait_ms").GetInt32(), step.GetProperty("run_ms").GetInt32())));
    }

    [Fact]
    public async Task Run_KnownToHistoryOnly_CountsAsTheLiveOneDid()
    {
        await using var api = await StartAsync();
        Append(api, 0, EventTypes.RunStarted, e => e with { TaskId = "r1", Message = "Atlas" });
        Append(api, 10, EventTypes.PhaseStarted, e => e with { TaskId = null, Counts = new Dictionary<string, long> { ["total"] = 3 } });
        Append(api, 20, EventTypes.TaskEnqueued);
        Append(api, 30, EventTypes.TaskStarted, e => e with { WorkerId = 1 });
        Append(api, 40, EventTypes.TaskFailed, e => e with { WorkerId = 1, FailureKind = "timed_out", Error = "too slow" });
        Append(api, 50, EventTypes.TaskEnqueued, e => e with { TaskId = "t2" });
        Append(api, 60, EventTypes.TaskStarted, e => e with { TaskId = "t2", WorkerId = 2 });
        Append(api, 70, EventTypes.TaskRetry, e => e with { TaskId = "t2", WorkerId = 2, Error = "HTTP 503" });
        Append(api, 80, EventTypes.TaskEnqueued, e => e with { TaskId = "t3" });
        Append(api, 90, EventTypes.TaskCancelled, e => e with { TaskId = "t3" });
        Append(api, 95, EventTypes.PhaseFailed, e => e with { TaskId = null, Error = "enough" });
        Append(api, 99, EventTypes.RunFailed, e => e with { TaskId = "r1", Error = "enough" });
        await IsStoredAsync(api);
        var session = await ImportAsync(api, await api.Http.GetByteArrayAsync(new Uri("/api/export?format=ndjson", UriKind.Relative),
            TestContext.Current.CancellationToken));

        foreach (var path in new[] { "/api/runs/r1", "/api/tasks/t1", "/api/tasks/t2" })
        {
            Assert.Equal((await GetAsync(api, path)).GetRawText(), (await GetAsync(api, $"{path}?session={session}")).GetRawText());
        }

        Assert.Equal(
            (await GetAsync(api, "/api/runs")).GetProperty("items").GetRawText(),
            (await GetAsync(api, $"/api/runs?session={session}")).GetProperty("items").GetRawText());
        var part = await GetAsync(api, "/api/runs/r1?limit=1");
        var rest = await GetAsync(api, "/api/runs/r1?limit=1&attempts_after=1");
        Assert.Equal((1, false, "t1"), (part.GetProperty("attempts_next").GetInt32(), part.GetProperty("is_complete").GetBoolean(),
            part.GetProperty("attempts")[0].GetProperty("task_id").GetString()));
        Assert.Equal("t2", rest.GetProperty("attempts")[0].GetProperty("task_id").GetString());
        Assert.False(rest.TryGetProperty("attempts_next", out _));
        Assert.Contains("does not wait: it has failed", (await GetAsync(api, $"/api/tasks/t1/why?session={session}")).GetProperty("sentence").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_OfASession_PageByPage_AreThoseOfTheSessionAlone()
    {
        await using var api = await StartAsync();
        var lines = Enumerable.Range(1, 3).SelectMany(run => new[] { EventTypes.RunStarted, EventTypes.RunCompleted }.Select(type =>
            Encoding.UTF8.GetString(EventJson.ToUtf8(Sample.Event(type, "atlas", $"r{run}", $"r{run}") with { Timestamp = DateTimeOffset.UnixEpoch.AddDays(run) }))));
        var session = await ImportAsync(api, Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        Append(api, 50, EventTypes.RunStarted, e => e with { TaskId = "r4", ParentTaskId = "r4" });

        var first = await GetAsync(api, $"/api/runs?session={session}&limit=2&status=completed");
        var second = await GetAsync(api, $"/api/runs?session={session}&limit=2&cursor={first.GetProperty("next").GetString()}");

        Assert.Equal(["r3", "r2", "r1"], first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray())
            .Select(run => run.GetProperty("run_id").GetString()));
        Assert.False(second.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task Stats_EveryQuestion_IsAnsweredFromTheAttempts()
    {
        await using var api = await StartAsync();
        for (var i = 0; i < 10; i++)
        {
            Append(api, (i * 1000) + 0, EventTypes.TaskEnqueued, e => e with { TaskId = $"t{i}" });
            Append(api, (i * 1000) + 100, EventTypes.TaskStarted, e => e with { TaskId = $"t{i}", WorkerId = i % 2 });
            Append(api, (i * 1000) + 600, i == 9 ? EventTypes.TaskFailed : EventTypes.TaskCompleted,
                e => e with { TaskId = $"t{i}", WorkerId = i % 2, DurationMs = 100 * (i + 1),
                    Error = i == 9 ? "HTTP 503 from host 12" : null });
        }

        await IsStoredAsync(api);
        const string Period = "from=2023-11-14T22:13:20Z&to=2023-11-14T22:13:30Z";
        var durations = (await GetAsync(api, $"/api/stats/durations?{Period}"))[0];
        var wait = (await GetAsync(api, $"/api/stats/durations?{Period}&kind=wait"))[0];
        var workers = await GetAsync(api, $"/api/stats/workers?{Period}");
        var errors = (await GetAsync(api, $"/api/stats/errors?{Period}"))[0];
        var slowest = (await GetAsync(api, $"/api/stats/slowest?{Period}&limit=1"))[0];
        var tasks = (await GetAsync(api,
            $"/api/stats/series?{Period}&metric=tasks&bucket_ms=5000")).GetProperty("series")[0].GetProperty("points");
        var count = (await GetAsync(api,
            $"/api/stats/series?{Period}&by=event_type&q=NOT%20task_id:t9&bucket_ms=10000")).GetProperty("series");
        var compare = (await GetAsync(
            api, "/api/stats/compare?from=2023-11-14T22:13:25Z&to=2023-11-14T22:13:30Z&from_before=2023-11-14T22:13:20Z&to_before=2023-11-14T22:13:25Z"))[0];

        Assert.Equal((10, 500, 1000), (durations.GetProperty("count").GetInt32(), durations.GetProperty("p50").GetInt32(),
            durations.GetProperty("max").GetInt32()));
        Assert.Equal((10, 100), (wait.GetProperty("count").GetInt32(), wait.GetProperty("p50").GetInt32()));
        Assert.Equal((5, 0, 0.25), (workers[0].GetProperty("completed").GetInt32(), workers[0].GetProperty("failed").GetInt32(),
            workers[0].GetProperty("utilisation").GetDouble()));
        Assert.Equal(("HTTP 503 from host ‹n›", 1, "r1"), (errors.GetProperty("title").GetString(), errors.GetProperty("count").GetInt32(),
            errors.GetProperty("run_ids")[0].GetString()));
        Assert.Equal(("t9", "failed"), (slowest.GetProperty("task_id").GetString(), slowest.GetProperty("outcome").GetString()));
        Assert.Equal([(5, 0.0), (4, 0.2)], tasks.EnumerateArray().Select(point =>
            (point.GetProperty("completed").GetInt32(), point.GetProperty("error_rate").GetDouble())));
        Assert.Equal(["task_completed", "task_enqueued", "task_started"],
            count.EnumerateArray().Select(line => line.GetProperty("key").GetString()).Order());
        Assert.Equal("HTTP 503 from host ‹n›", compare.GetProperty("new_errors")[0].GetString());
        Assert.True(compare.GetProperty("p50_change").GetDouble() > 0.5);
    }

    [Fact]
    public async Task Cursor_OlderThanTheLog_GoesOnWithoutAGap()
    {
        await using var api = await StartAsync(("Monitoring:RingEvents", "16"));
        var positions = api.Log.Append(100);
        await IsStoredAsync(api);
        api.Log.TrimTo(8);

        var page = await GetAsync(api, $"/api/events?cursor={positions[9]}&limit=1000");

        Assert.Equal($"{positions[9]}", page.GetProperty("after").GetString());
        Assert.Equal(
            positions.Skip(10).Select(position => position.ToString()),
            page.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("cursor").GetString()));
    }

    [Fact]
    public async Task Start_LogIsTrimmedAlready_HistoryBeginsWhereTheLogDoes()
    {
        var log = new MemoryLog();
        var positions = log.Append(50);
        log.TrimTo(10);
        await using var api = await ApiHost.StartAsync(
            log, ("Monitoring:History:Path", Path.Combine(_folder.FullName, "events.duckdb")), ("Monitoring:History:CommitInterval", "00:00:00.020"),
            ("Monitoring:History:MaxAge", "00:00:00"), ("Monitoring:RingEvents", "16"));
        await IsStoredAsync(api);
        api.Log.Append(100);
        await IsStoredAsync(api);
        api.Log.TrimTo(5);

        var known = await GetAsync(api, $"/api/events?cursor={positions[40]}&limit=1000");
        var lost = await GetAsync(api, $"/api/events?cursor={positions[10]}&limit=1000");

        Assert.Equal($"{positions[40]}", known.GetProperty("after").GetString());
        Assert.Equal(109, known.GetProperty("events").GetArrayLength());
        Assert.Equal($"{positions[40].Previous()}", lost.GetProperty("after").GetString());
        Assert.Equal(110, lost.GetProperty("events").GetArrayLength());
    }

    [Theory]
    [InlineData("ndjson", "application/x-ndjson")]
    [InlineData("parquet", "application/vnd.apache.parquet")]
    public async Task Import_OfAnExport_IsASessionWithTheSameEvents(string format, string contentType)
    {
        await using var api = await StartAsync();
        api.Log.Append(40, "atlas");
        Append(api, 100_000, EventTypes.TaskFailed, e => e with { Error = "=1+1" });
        await IsStoredAsync(api);
        using var export = await api.Http.GetAsync(new Uri($"/api/export?format={format}&project_id=atlas", UriKind.Relative),
            TestContext.Current.CancellationToken);
        var bytes = await export.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using var body = new ByteArrayContent(format == "ndjson" ? [.. bytes, .. "{}\n"u8] : bytes);
        body.Headers.ContentType = new(contentType);

        using var answer = await api.Http.PostAsync(new Uri("/api/import", UriKind.Relative), body, TestContext.Current.CancellationToken);
        var import = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal("41", export.Headers.GetValues("Nexus-Export-Total").Single());
        Assert.Equal((41, format == "ndjson" ? 1 : 0), (import.GetProperty("imported").GetInt32(),
            import.GetProperty("rejected").GetInt32()));
        var session = import.GetProperty("session").GetString();
        var own = await NewestAsync(api, "/api/events?q=project_id:atlas", 41);
        Assert.Equal(own, await NewestAsync(api, $"/api/events?session={session}", 41));
        Assert.Equal(41, own.Count);
        Assert.Equal("failed", (await GetAsync(api, $"/api/tasks/t1?session={session}")).GetProperty("status").GetString());
        Assert.Equal(41, (await GetAsync(api, $"/api/export/count?session={session}")).GetProperty("total").GetInt32());
        Assert.Equal(session, (await GetAsync(api, "/api/sessions"))[0].GetProperty("session").GetString());
        Assert.Equal(41, (await GetAsync(api, $"/api/stats/density?session={session}&from=2020-01-01&to=2040-01-01&buckets=1"))
            .GetProperty("events").EnumerateArray().Sum(count => count.GetInt32()));
        using var deleted = await api.Http.DeleteAsync(new Uri($"/api/sessions/{session}", UriKind.Relative), TestContext.Current.CancellationToken);
        using var again = await api.Http.DeleteAsync(new Uri($"/api/sessions/{session}", UriKind.Relative), TestContext.Current.CancellationToken);
        using var gone = await api.Http.GetAsync(new Uri($"/api/events?session={session}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (deleted.StatusCode, again.StatusCode, gone.StatusCode));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder.FullName, "events.duckdb.imports")));
        using var unknown = await api.Http.GetAsync(new Uri("/api/events?session=../x", UriKind.Relative),
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Export_EachFormat_IsSafeAndValid()
    {
        await using var api = await StartAsync();
        Append(api, 0, EventTypes.TaskStarted, e => e with { WorkerId = 3 });
        Append(api, 500, EventTypes.TaskFailed, e => e with { WorkerId = 3, DurationMs = 400, Error = "=cmd|' /C calc'!A0",
            Message = "a,\"b\"\nc" });
        await IsStoredAsync(api);

        var csv = await api.Http.GetStringAsync(new Uri("/api/export?format=csv&q=type:task_failed", UriKind.Relative),
            TestContext.Current.CancellationToken);
        var array = await GetAsync(api, "/api/export?format=json");
        var trace = await GetAsync(api, "/api/export?format=perfetto");

        Assert.StartsWith("cursor,ts,event_type,", csv, StringComparison.Ordinal);
        Assert.Contains(",400,,400,\"a,\"\"b\"\"\nc\",'=cmd|' /C calc'!A0,", csv, StringComparison.Ordinal);
        Assert.Equal(2, array.GetArrayLength());
        var bar = trace.GetProperty("traceEvents").EnumerateArray().Single(e => e.GetProperty("ph").GetString() == "X");
        Assert.Equal((400_000, 3, "search"), (bar.GetProperty("dur").GetInt32(), bar.GetProperty("tid").GetInt32(),
            bar.GetProperty("name").GetString()));
        Assert.All(trace.GetProperty("traceEvents").EnumerateArray(), e => Assert.True(e.GetProperty("pid").GetInt32() > 0));
    }

    [Fact]
    public async Task Start_LogEndsBeforeWhatIsStored_IsRedUntilTheLogHasPassedIt()
    {
        await using (var before = await StartAsync())
        {
            Append(before, 60_000, EventTypes.TaskStarted);
            await IsStoredAsync(before);
        }

        await using var api = await StartAsync();
        var state = api.Services.GetRequiredService<HistoryState>();
        Append(api, 0, EventTypes.TaskEnqueued);

        await Eventually.IsTrueAsync(() => state.Problem?.Contains("the log was set back, or is another one", StringComparison.Ordinal) == true,
            "history is red");
        Assert.Equal(1, (await GetAsync(api, "/api/events?q=task:t1")).GetProperty("events").GetArrayLength());
        Append(api, 70_000, EventTypes.TaskCompleted);
        await IsStoredAsync(api);
        Assert.Equal(2, (await GetAsync(api, "/api/events?q=task:t1")).GetProperty("events").GetArrayLength());
    }

    [Fact]
    public async Task SecondNode_SameFile_IsRedAndStreams()
    {
        await using var first = await StartAsync();
        await IsStoredAsync(first);
        await using var second = new ApiProgram(
            ("ConnectionStrings:redis", "127.0.0.1:1"), ("Monitoring:History:Path", Path.Combine(_folder.FullName, "events.duckdb")));

        var health = "";
        await Eventually.IsTrueAsync(
            async () =>
            {
                try
                {
                    using var answer = await second.Http.GetAsync(new Uri("/health", UriKind.Relative));
                    health = await answer.Content.ReadAsStringAsync();
                    return health.Contains("in use by another process; give each node a file of its own", StringComparison.Ordinal);
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the second node says that the file is in use", TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Start_DamagedFile_IsRedAndTheStreamGoesOn()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "events.duckdb"), new string('x', 100_000),
            TestContext.Current.CancellationToken);
        await using var api = await StartAsync();
        await Eventually.IsTrueAsync(
            () => api.Services.GetRequiredService<HistoryState>().Problem?.Contains("is damaged; move it away",
                StringComparison.Ordinal) == true, "history is red");

        var position = api.Log.Append(Sample.Event());
        await Eventually.IsTrueAsync(() => api.Feed.Ring.Head.Position == position, "the stream goes on");
        using var answer = await api.Http.GetAsync(new Uri("/api/events?q=a", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    private static void Append(ApiHost api, int ms, string type, Func<MonitoringEvent, MonitoringEvent>? change = null)
    {
        var e = Sample.Event(type, "atlas", "t1", "r1") with { TaskType = "search", Phase = "gather" };
        api.Log.AppendAt(MemoryLog.FirstMillisecond + (ulong)ms, change?.Invoke(e) ?? e);
    }

    private static async Task<string> ImportAsync(ApiHost api, byte[] ndjson)
    {
        using var body = new ByteArrayContent(ndjson);
        body.Headers.ContentType = new("application/x-ndjson");
        using var answer = await api.Http.PostAsync(new Uri("/api/import", UriKind.Relative), body, TestContext.Current.CancellationToken);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("session").GetString()!;
    }

    private static IEnumerable<string> Numbers(JsonElement frame) =>
        frame.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("error").GetString()!.Split(' ')[^1]);

    /// <summary>Page by page: on a busy machine one may end before it is full, and say where to go on.</summary>
    private static async Task<List<string>> NewestAsync(ApiHost api, string path, int count)
    {
        List<string> events = [];
        for (var (page, upto) = (0, ""); page < 100 && events.Count < count; page++)
        {
            var answer = await GetAsync(api, $"{path}&limit=1000{upto}");
            events.InsertRange(0, answer.GetProperty("events").EnumerateArray().Select(one => one.GetRawText()));
            upto = $"&upto={answer.GetProperty("after")}";
        }

        return events;
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

    private Task<ApiHost> StartAsync(params (string, string)[] settings) => ApiHost.StartAsync(null,
        [.. settings,
        ("Monitoring:History:Path", Path.Combine(_folder.FullName, "events.duckdb")), ("Monitoring:History:CommitInterval", "00:00:00.020"),
        ("Monitoring:History:MaxAge", "00:00:00")]);
}
