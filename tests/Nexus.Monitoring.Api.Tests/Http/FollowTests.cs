using System.Text.Json;
using Nexus.Monitoring.Api.Tests.Fixtures;

namespace Nexus.Monitoring.Api.Tests.Http;

public sealed class FollowTests
{
    [Fact]
    public async Task Ndjson_FromACursor_ReplaysThenGoesOn()
    {
        await using var api = await ApiHost.StartAsync();
        var positions = api.Log.Append(5);
        await api.FoldsAsync(positions[^1]);

        using var answer = await api.Http.GetAsync(
            new Uri($"/api/events?follow=true&cursor={positions[2]}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());

        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(positions[3].ToString(), (await NextAsync(lines)).GetProperty("cursor").GetString());
        Assert.Equal(positions[4].ToString(), (await NextAsync(lines)).GetProperty("cursor").GetString());
        Assert.Equal("resumed", (await NextAsync(lines)).GetProperty("type").GetString());
        var live = api.Log.Append(Sample.Event());
        Assert.Equal(live.ToString(), (await NextAsync(lines)).GetProperty("cursor").GetString());
    }

    [Fact]
    public async Task ServerSentEvents_WithLastEventId_GoOnAfterIt()
    {
        await using var api = await ApiHost.StartAsync();
        var positions = api.Log.Append(5);
        await api.FoldsAsync(positions[^1]);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/events", UriKind.Relative));
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("Last-Event-ID", positions[3].ToString());

        using var answer = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"id: {positions[4]}", await LineAsync(lines));
        Assert.StartsWith("data: {\"event_id\":", await LineAsync(lines), StringComparison.Ordinal);
        Assert.Equal("", await LineAsync(lines));
        Assert.Equal("event: resumed", await LineAsync(lines));
    }

    private static async Task<JsonElement> NextAsync(StreamReader lines) => JsonElement.Parse(await LineAsync(lines));

    private static async Task<string> LineAsync(StreamReader lines) => (await lines.ReadLineAsync().WaitAsync(Eventually.DefaultDeadline))!;
}
