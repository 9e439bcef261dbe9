using System.Net.WebSockets;
using System.Text;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Api.Tests.SignalR;

namespace Nexus.Monitoring.Api.Tests.Origins;

public sealed class OriginTests
{
    private const string Allowed = "https://ops.example.com";

    public static TheoryData<string?, bool> Cases => new()
    {
        { null, true },
        { "SAME", true },
        { Allowed, true },
        { "https://OPS.example.com", true },
        { "https://evil.example.com", false },
        { "https://ops.example.com.evil.com", false },
        { "http://ops.example.com", false },
        { "https://ops.example.com:8443", false },
        { "http://127.0.0.1:1", false },
        { "null", false },
        { "https://ops.example.com https://evil.example.com", false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task WebSocket_FromOrigin_IsAcceptedOrRefused(string? origin, bool isAllowed)
    {
        await using var api = await StartAsync();

        if (isAllowed)
        {
            await using var client = await api.ConnectAsync(origin: Of(api, origin));
            await client.ReceivesSnapshotAsync();
        }
        else
        {
            var error = await Assert.ThrowsAsync<WebSocketException>(() => api.ConnectAsync(origin: origin));
            Assert.Contains("403", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Hub_FromOrigin_IsAcceptedOrRefused(string? origin, bool isAllowed)
    {
        await using var api = await StartAsync();

        if (isAllowed)
        {
            await using var client = await HubClient.ConnectAsync(api, Of(api, origin));
            await client.SubscribeAsync();
        }
        else
        {
            var error = await Assert.ThrowsAsync<HttpRequestException>(() => HubClient.ConnectAsync(api, origin));
            Assert.Equal(403, (int)error.StatusCode!.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Post_FromOrigin_IsAcceptedOrRefusedWithASentence(string? origin, bool isAllowed)
    {
        await using var api = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/events", UriKind.Relative));
        request.Content = new StringContent("[]", Encoding.UTF8, "application/json");
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", Of(api, origin));
        }

        using var answer = await api.Http.SendAsync(request);

        Assert.Equal(isAllowed ? 200 : 403, (int)answer.StatusCode);
        if (!isAllowed)
        {
            Assert.Contains($"Origin is '{origin}'", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Allowed, true)]
    [InlineData("https://evil.example.com", false)]
    public async Task Get_FromAnotherOrigin_BrowsersMayReadOnlyIfAllowed(string origin, bool isAllowed)
    {
        await using var api = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/events", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Origin", origin);

        using var answer = await api.Http.SendAsync(request);

        Assert.Equal(isAllowed, answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static Task<ApiHost> StartAsync() => ApiHost.StartAsync(null, ("Monitoring:AllowedOrigins:0", Allowed));

    private static string? Of(ApiHost api, string? origin) => origin == "SAME" ? $"http://127.0.0.1:{api.Address.Port}" : origin;
}
