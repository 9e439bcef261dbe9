using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Views;

namespace Nexus.Monitoring.Api.Tests.Views;

/// <summary>Views and boards over HTTP, kept by each server that may hold the log.</summary>
public abstract class SharedViewTests : IAsyncLifetime
{
    private IRedisServer _server = null!;
    private ApiHost _api = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await StartAsync();
        _api = await ApiHost.StartOverAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _api.DisposeAsync();
            await _server.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected abstract Task<IRedisServer> StartAsync();

    [Fact]
    public async Task View_Saved_IsSeenOnEveryNode_WithItsVersion()
    {
        await using var other = await ApiHost.StartOverAsync(_server);

        using var created = await PutAsync(View("errors"), ifNoneMatch: "*");
        var seen = await other.Http.GetFromJsonAsync("/api/views/errors", MonitoringJson.Context.SavedView);
        using var changed = await PutAsync(View("errors") with { Name = "Renamed", IsPinned = true }, ifMatch: "\"1\"");
        var list = await other.Http.GetFromJsonAsync("/api/views", MonitoringJson.Context.DocumentListSavedView);

        Assert.Equal((HttpStatusCode.OK, "\"1\""), (created.StatusCode, created.Headers.ETag?.Tag));
        Assert.Equal(("/monitoring/events?q=error", 1), (seen!.Address, seen.Version));
        Assert.Equal("\"2\"", changed.Headers.ETag?.Tag);
        Assert.Equal(("Renamed", true, 2), Assert.Single(list!.Items) is var item ? (item.Name, item.IsPinned, item.Version) : default);
    }

    [Fact]
    public async Task View_ChangedMeanwhile_IsNotOverwritten()
    {
        using var created = await PutAsync(View("a"), ifNoneMatch: "*");
        using var first = await PutAsync(View("a") with { Name = "first" }, ifMatch: "\"1\"");
        using var second = await PutAsync(View("a") with { Name = "second" }, ifMatch: "\"1\"");
        using var again = await PutAsync(View("a"), ifNoneMatch: "*");
        using var deleted = await DeleteAsync("a", "\"1\"");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.All([second, again, deleted], answer => Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode));
        Assert.Contains("version 2", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("first", (await _api.Http.GetFromJsonAsync("/api/views/a", MonitoringJson.Context.SavedView))!.Name);
    }

    [Fact]
    public async Task Writers_AllAtOnce_EachDocumentIsKept_AndOfOneDocumentOneChangeWins()
    {
        var created = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => PutAsync(View($"v{i}"), ifNoneMatch: "*")));
        var changed = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PutAsync(View("v0") with { Name = $"name {i}" }, ifMatch: "\"1\"")));
        var list = await _api.Http.GetFromJsonAsync("/api/views", MonitoringJson.Context.DocumentListSavedView);

        Assert.All(created, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(12, list!.Items.Count);
        Assert.Single(changed, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(2, list.Items.Single(item => item.Id == "v0").Version);
    }

    [Fact]
    public async Task List_Unchanged_Is304_AndChanged_Is200()
    {
        using var empty = await _api.Http.GetAsync(new Uri("/api/views", UriKind.Relative));
        using var created = await PutAsync(View("a"), ifNoneMatch: "*");
        using var first = await _api.Http.GetAsync(new Uri("/api/views", UriKind.Relative));
        using var same = await ListAsync(first.Headers.ETag!.Tag);
        using var deleted = await DeleteAsync("a", "\"1\"");
        using var other = await ListAsync(first.Headers.ETag.Tag);

        Assert.NotEqual(empty.Headers.ETag, first.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Write_WithoutCondition_Is428_AndOfNothing_Is404()
    {
        using var without = await PutAsync(View("a"));
        using var nothing = await PutAsync(View("a"), ifMatch: "\"3\"");
        using var strange = await PutAsync(View("a"), ifMatch: "three");
        using var gone = await DeleteAsync("a", "*");

        Assert.Equal(HttpStatusCode.PreconditionRequired, without.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, strange.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData("""{"id":"a","name":"","address":"/monitoring"}""", "name")]
    [InlineData("""{"id":"a","name":"n","address":"javascript:alert(1)"}""", "address")]
    [InlineData("""{"id":"a","name":"n","address":"//evil.example/monitoring"}""", "address")]
    [InlineData("""{"id":"a","name":"n","address":"/monitoring/../etc"}""", "address")]
    [InlineData("""{"id":"a","name":"n","address":"/monitoring/%2e%2e/etc"}""", "address")]
    [InlineData("""{"id":"a","name":"n","address":"/monitoringx"}""", "address")]
    [InlineData("""{"id":"b","name":"n","address":"/monitoring"}""", "id")]
    [InlineData("""{"id":"a","name":"n","address":"/monitoring","order":-1}""", "order")]
    [InlineData("""{"id":"a","address":"/monitoring"}""", "name")]
    [InlineData("""not json""", "no view")]
    public async Task View_NotValid_IsRefusedByField(string json, string named)
    {
        using var answer = await SendAsync(HttpMethod.Put, "/api/views/a", json, ifNoneMatch: "*");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(named, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Board_KeepsItsPanelsInOrder_AndRefusesWhatIsNone()
    {
        var board = new SavedBoard
        {
            Id = "wall",
            Name = "Wall",
            Panels = [new() { Id = "p2", Kind = "workers", Width = 12 }, new() { Id = "p1", Kind = "runs", Project = "atlas", Query = "error" }],
        };
        using var created = await SendAsync(HttpMethod.Put, "/api/boards/wall", Json(board), ifNoneMatch: "*");
        using var twice = await SendAsync(
            HttpMethod.Put, "/api/boards/wall", Json(board with { Panels = [board.Panels[0], board.Panels[0]] }), ifMatch: "\"1\"");
        using var wide = await SendAsync(
            HttpMethod.Put, "/api/boards/wall", Json(board with { Panels = [board.Panels[0] with { Width = 13 }] }), ifMatch: "\"1\"");

        var kept = await _api.Http.GetFromJsonAsync("/api/boards/wall", MonitoringJson.Context.SavedBoard);

        Assert.Equal(board.Panels, kept!.Panels);
        Assert.Equal(HttpStatusCode.BadRequest, twice.StatusCode);
        Assert.Contains("panels.width is '13'; 3 to 12 is allowed", await wide.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Boards_AsManyAsThereMayBe_OneMoreIsRefused()
    {
        for (var i = 0; i < 100; i++)
        {
            using var fits = await SendAsync(HttpMethod.Put, $"/api/boards/b{i}", Json(new SavedBoard { Id = $"b{i}", Name = "n" }), ifNoneMatch: "*");
            Assert.Equal(HttpStatusCode.OK, fits.StatusCode);
        }

        using var answer = await SendAsync(HttpMethod.Put, "/api/boards/one-more", Json(new SavedBoard { Id = "one-more", Name = "n" }), ifNoneMatch: "*");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    private static SavedView View(string id) => new() { Id = id, Name = id, Address = "/monitoring/events?q=error" };

    private static string Json(SavedBoard board) => JsonSerializer.Serialize(board, MonitoringJson.Context.SavedBoard);

    private Task<HttpResponseMessage> PutAsync(SavedView view, string? ifMatch = null, string? ifNoneMatch = null) =>
        SendAsync(HttpMethod.Put, $"/api/views/{view.Id}", JsonSerializer.Serialize(view, MonitoringJson.Context.SavedView), ifMatch, ifNoneMatch);

    private Task<HttpResponseMessage> DeleteAsync(string id, string ifMatch) => SendAsync(HttpMethod.Delete, $"/api/views/{id}", null, ifMatch);

    private Task<HttpResponseMessage> ListAsync(string ifNoneMatch) => SendAsync(HttpMethod.Get, "/api/views", null, null, ifNoneMatch);

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? json, string? ifMatch = null, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (ifNoneMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        }

        return await _api.Http.SendAsync(request);
    }
}
