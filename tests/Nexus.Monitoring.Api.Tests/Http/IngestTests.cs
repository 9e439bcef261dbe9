using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Api.Tests.Http;

public sealed class IngestTests
{
    private const string Json = "application/json";
    private const string Ndjson = "application/x-ndjson";
    private const string Good = """{"event_id":"a","ts":"2026-11-23T12:00:00Z","event_type":"x"}""";

    public static TheoryData<string, string, int, int, string?> Bodies => new()
    {
        { Json, Good, 1, 0, null },
        { Json, $"[{Good},{Good}]", 2, 0, null },
        { Json, "[]", 0, 0, null },
        { Json, $"[{Good},5,{Good}]", 2, 2, "The event is not a valid JSON object" },
        { Json, $$"""[{"event_id":"a"},{{Good}}]""", 1, 1, "ts is missing;" },
        { Json, $$"""[{{Good}},{"event_id":"a","ts":"x","event_type":"x"}]""", 1, 2, "ts has the wrong type;" },
        { Json, $$"""[{{Good}},{"event_id":"a","ts":"2026-11-23T12:00:00Z","event_type":"x","duration_ms":-1}]""", 1, 2, "duration_ms is -1; zero or more milliseconds are allowed." },
        { Json, $$"""[{{Good}},{"event_id":"a","ts":"2026-11-23T12:00:00Z","event_type":"x","meta":[1]}]""", 1, 2, "meta is a JSON array; an object is needed." },
        { Json, $$"""[{{Good}},{"event_id":"a","ts":"2026-11-23T12:00:00Z","event_type":"x","message":"{{new string('x', 11_000)}}"}]""", 1, 2, "The event has 110" },
        { Json, $$"""[{{Good}},{"event_id":"a","ts":"2026-11-23T12:00:00Z","event_type":"x","meta":{"x":"\ud800"} }]""", 1, 2, "A text has half a surrogate pair" },
        { Json, $$"""[{{Good}},{"event_id":"a","ts":"2026-11-23T12:00:00Z","event_type":"x","meta":{"x":1,"x":2} }]""", 1, 2, "The event has a field twice" },
        { Ndjson, $"{Good}\n{Good}\r\n\n{Good}", 3, 0, null },
        { Ndjson, $"{Good}\nnot json\n{Good}\n", 2, 2, "The event is not a valid JSON object" },
        { Ndjson, $"\n\n{{}}\n{Good}", 1, 3, "event_id is missing;" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Post_Body_AppendsWhatIsGoodAndNamesWhatIsNot(string contentType, string body, int accepted, int rejectedNumber, string? reason)
    {
        await using var api = await ApiHost.StartAsync();

        var (status, answer) = await PostAsync(api, contentType, body);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(accepted, answer.GetProperty("accepted").GetInt32());
        Assert.Equal(api.Log.Positions.Select(position => position.ToString()), answer.GetProperty("cursors").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal(accepted, api.Log.Positions.Count);
        if (reason is null)
        {
            Assert.Equal(0, answer.GetProperty("rejected").GetArrayLength());
        }
        else
        {
            var rejected = Assert.Single(answer.GetProperty("rejected").EnumerateArray());
            Assert.Equal(rejectedNumber, rejected.GetProperty("number").GetInt32());
            Assert.StartsWith(reason, rejected.GetProperty("reason").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Post_NothingGood_AcceptsNoneWithTheReasons()
    {
        await using var api = await ApiHost.StartAsync();

        var (status, answer) = await PostAsync(api, Json, "{}");

        Assert.Equal((HttpStatusCode.OK, 0), (status, answer.GetProperty("accepted").GetInt32()));
        Assert.Equal(1, answer.GetProperty("rejected")[0].GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task Post_NamedBatchTwice_IsAppendedOnceAndAnsweredAlike()
    {
        await using var api = await ApiHost.StartAsync();

        var (_, first) = await PostAsync(api, Json, $"[{Good},{Good}]", batch: "producer-1/1");
        var (_, second) = await PostAsync(api, Json, $"[{Good},{Good}]", batch: "producer-1/1");

        Assert.Equal(2, api.Log.Positions.Count);
        Assert.Equal(first.GetRawText(), second.GetRawText());
    }

    [Theory]
    [InlineData("producer")]
    [InlineData("producer/0")]
    [InlineData("pro ducer/1")]
    public async Task Post_BadBatchName_Is400(string name)
    {
        await using var api = await ApiHost.StartAsync();

        var (status, answer) = await PostAsync(api, Json, Good, batch: name);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith($"Nexus-Producer-Batch is '{name}';", answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Json, "", HttpStatusCode.BadRequest, "The body is not valid JSON")]
    [InlineData(Json, "[1,", HttpStatusCode.BadRequest, "The body is not valid JSON")]
    [InlineData(Json, Good + Good, HttpStatusCode.BadRequest, "The body is not valid JSON")]
    [InlineData("text/plain", Good, HttpStatusCode.UnsupportedMediaType, "Content-Type is 'text/plain'; application/json or application/x-ndjson is allowed.")]
    public async Task Post_UnreadableBody_IsAProblemWithASentence(string contentType, string body, HttpStatusCode expected, string detail)
    {
        await using var api = await ApiHost.StartAsync();

        var (status, answer) = await PostAsync(api, contentType, body);

        Assert.Equal(expected, status);
        Assert.StartsWith(detail, answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(api.Log.Positions);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_OverTheBodyLimit_Is413(bool isChunked)
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:MaxRequestBytes", "2000"));

        var (status, answer) = await PostAsync(api, Ndjson, string.Join('\n', Enumerable.Repeat(Good, 100)), isChunked);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("Monitoring:MaxRequestBytes", answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(api.Log.Positions);
    }

    [Fact]
    public async Task Post_LogAway_Is503WithRetryAfter()
    {
        await using var api = await ApiHost.StartAsync();
        api.Log.IsAway = true;
        using var content = new StringContent(Good, Encoding.UTF8, Json);

        using var answer = await api.Http.PostAsync(new Uri("/api/events", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Post_UnknownFieldsAndOwnCursor_FieldsAreKeptTheCursorIsTheLogs()
    {
        await using var api = await ApiHost.StartAsync();
        await using var client = await api.ConnectAsync();
        await client.ReceivesSnapshotAsync();

        var (_, answer) = await PostAsync(
            api, Json, """{"event_id":"a","ts":"2026-11-23T12:00:00Z","event_type":"custom_type","cursor":"1-1","my_field":{"x":[1,2]}}""");
        var received = (await client.NextAsync())!.Value;

        Assert.Equal("[1,2]", received.GetProperty("my_field").GetProperty("x").GetRawText());
        Assert.Equal(answer.GetProperty("cursors")[0].GetString(), received.GetProperty("cursor").GetString());
    }

    [Fact]
    public async Task Demo_AppendsEveryTypeAsOneTraceAndSaysWhat()
    {
        await using var api = await ApiHost.StartAsync();
        using var response = await api.Http.PostAsync(new Uri("/demo/events", UriKind.Relative), null);
        var answer = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        await api.FoldsAsync(api.Log.Positions[^1]);

        var events = (await api.Http.GetJsonAsync("/api/events?limit=1000")).GetProperty("events").EnumerateArray().ToList();

        Assert.Equal(
            answer.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("event_id").GetString()),
            events.Select(e => e.GetProperty("event_id").GetString()));
        Assert.Empty(EventTypes.All.Except(events.Select(e => e.GetProperty("event_type").GetString()!)));
        Assert.Equal(answer.GetProperty("trace_id").GetString(), Assert.Single(events.Select(e => e.GetProperty("trace_id").GetString()).Distinct()));
        Assert.Equal(events.Select(e => e.GetProperty("ts").GetString()).Order(StringComparer.Ordinal), events.Select(e => e.GetProperty("ts").GetString()));

        var run = await api.Http.GetJsonAsync($"/api/runs/{answer.GetProperty("run_id").GetString()}");
        Assert.Equal("completed", run.GetProperty("status").GetString());
        Assert.Equal((3, 1), (run.GetProperty("tasks").GetProperty("completed").GetInt32(), run.GetProperty("tasks").GetProperty("retries").GetInt32()));
        var workers = (await api.Http.GetJsonAsync("/api/workers")).GetProperty("items").EnumerateArray().ToDictionary(
            worker => worker.GetProperty("worker_id").GetInt32(), worker => worker.GetProperty("status").GetString());
        Assert.Equal(new Dictionary<int, string?> { [9001] = "Stopped", [9002] = "Lost" }, workers);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(ApiHost api, string contentType, string body, bool isChunked = false, string? batch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/events", UriKind.Relative));
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        request.Headers.TransferEncodingChunked = isChunked;
        if (batch is not null)
        {
            request.Headers.TryAddWithoutValidation("Nexus-Producer-Batch", batch);
        }

        using var answer = await api.Http.SendAsync(request);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
    }
}
