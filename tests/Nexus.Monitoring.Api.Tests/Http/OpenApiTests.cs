using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Api.Tests.Fixtures;

namespace Nexus.Monitoring.Api.Tests.Http;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Document_EveryOperation_IsNamedSummarisedAndTagged()
    {
        await using var api = await ApiHost.StartAsync();

        var document = await api.Http.GetJsonAsync("/openapi/v1.json");
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).ToList();

        Assert.All(operations, operation =>
        {
            Assert.False(string.IsNullOrEmpty(operation.Value.GetProperty("operationId").GetString()));
            Assert.False(string.IsNullOrEmpty(operation.Value.GetProperty("summary").GetString()));
            Assert.Equal(1, operation.Value.GetProperty("tags").GetArrayLength());
        });
        var named = api.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName)
            .OfType<string>();
        Assert.Equal(named.Order(), operations.Select(operation => operation.Value.GetProperty("operationId").GetString()!).Order());
    }

    [Fact]
    public async Task Document_Schemas_AreSpelledAsTheWireIs()
    {
        await using var api = await ApiHost.StartAsync();

        var document = await api.Http.GetJsonAsync("/openapi/v1.json");
        var e = document.GetProperty("components").GetProperty("schemas").GetProperty("MonitoringEvent").GetProperty("properties");

        Assert.True(e.TryGetProperty("event_id", out _));
        Assert.True(e.TryGetProperty("parent_task_id", out _));
        Assert.True(e.TryGetProperty("ts", out _));
    }

    /// <summary>The page must work where there is no way out.</summary>
    [Fact]
    public async Task Page_LoadsNothingFromElsewhere()
    {
        await using var api = await ApiHost.StartAsync();

        var page = await api.Http.GetStringAsync(new Uri("/docs/", UriKind.Relative));

        Assert.DoesNotContain("http://", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https://", page, StringComparison.OrdinalIgnoreCase);
        foreach (var script in new[] { "scalar.js", "scalar.aspnetcore.js" })
        {
            Assert.Contains(script, page, StringComparison.Ordinal);
            using var answer = await api.Http.GetAsync(new Uri($"/docs/{script}", UriKind.Relative));
            Assert.True(answer.IsSuccessStatusCode);
        }
    }

    [Fact]
    public async Task Root_EveryLinkThatIsAPage_Answers()
    {
        await using var api = await ApiHost.StartAsync();
        var links = (await api.Http.GetJsonAsync("/")).GetProperty("links").EnumerateObject().ToDictionary(link => link.Name, link => link.Value.GetString()!);

        foreach (var (name, path) in links.Where(link => link.Key is not ("stream" or "hub" or "views" or "boards")))
        {
            using var answer = await api.Http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.True(answer.IsSuccessStatusCode, $"{name}: {(int)answer.StatusCode}");
        }
    }
}
