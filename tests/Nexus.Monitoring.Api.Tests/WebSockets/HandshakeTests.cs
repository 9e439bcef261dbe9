using System.Text.Json;
using Nexus.Monitoring.Api.Tests.Fixtures;

namespace Nexus.Monitoring.Api.Tests.WebSockets;

public sealed class HandshakeTests
{
    public static TheoryData<string, string, string> BadQueries => new()
    {
        { "format=xml", "format", "format is 'xml'; events or batch is allowed." },
        { "cursor=abc", "cursor", "cursor is 'abc'; the cursor of an event is allowed, such as 1795435391750-3." },
        { "cursor=-1-1", "cursor", "cursor is '-1-1';" },
        { "cursor=99999999999999-0", "cursor", "cursor is '99999999999999-0'; a cursor that this log has handed out is allowed, and this one lies in the future" },
        { "stats_only=maybe", "stats_only", "stats_only is 'maybe'; true or false is allowed." },
        { "event_types=task%20failed", "event_types", "event_types is 'task failed';" },
        { "types=" + string.Join(',', Enumerable.Range(0, 1000)), "event_types", "event_types is '1000 values'; at most 100 values are allowed." },
        { "project_id=" + new string('x', 300), "project_id", "project_id is 'xxx" },
        { "q=duration_ms:fast", "q", "Column 13: 'fast' is no value of duration_ms; expected milliseconds" },
        { "q=a&q=b", "q", "q is 'b'; one query is allowed" },
        { "task_id=%00", "task_id", "task_id is" },
    };

    [Theory]
    [MemberData(nameof(BadQueries))]
    public async Task Open_BadQuery_IsA400ThatNamesTheParameterBeforeTheUpgrade(string query, string parameter, string detail)
    {
        await using var api = await ApiHost.StartAsync();

        using var answer = await SendHandshakeAsync(api, query);
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(parameter, problem.GetProperty("parameter").GetString());
        Assert.StartsWith(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("allowed").GetString()));
    }

    [Fact]
    public async Task Open_OverTheConnectionCap_Is503AndFreeAgainAfterwards()
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:MaxConnections", "2"));
        await using var first = await api.ConnectAsync();
        await using (var second = await api.ConnectAsync())
        {
            await second.ReceivesSnapshotAsync();
            using var refused = await SendHandshakeAsync(api, "");
            Assert.Equal(503, (int)refused.StatusCode);
            Assert.Contains("Monitoring:MaxConnections", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        await Eventually.IsTrueAsync(
            async () =>
            {
                using var answer = await SendHandshakeAsync(api, "");
                return (int)answer.StatusCode == 101;
            },
            "there is room again");
    }

    private static Task<HttpResponseMessage> SendHandshakeAsync(ApiHost api, string query)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/ws/monitoring?{query}", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        return api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
