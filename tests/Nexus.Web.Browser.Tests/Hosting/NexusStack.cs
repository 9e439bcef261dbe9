using System.Net.Http.Json;
using System.Text.Json;

namespace Nexus.Web.Browser.Tests.Hosting;

/// <summary>Redis, API and dashboard as AppHost.cs composes them; without agents, so that nothing happens by itself.</summary>
internal sealed class NexusStack : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);
    private readonly DirectoryInfo _data;
    private readonly DistributedApplication _application;

    private NexusStack(DirectoryInfo data, DistributedApplication application)
    {
        _data = data;
        _application = application;
    }

    public static async Task<NexusStack> StartAsync()
    {
        var data = Directory.CreateTempSubdirectory("nexus-browser-");
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Nexus_AppHost>([$"--Nexus:Redis:Data={data.FullName}"]);
        var agents = builder.Resources.Single(resource => resource.Name == "coordinator-sim");
        // The API is told where they are: nowhere, then.
        foreach (var endpoint in agents.Annotations.OfType<EndpointAnnotation>().ToList())
        {
            agents.Annotations.Remove(endpoint);
        }

        builder.Resources.Remove(agents);
        var stack = new NexusStack(data, await builder.BuildAsync());
        try
        {
            await stack._application.StartAsync();
            using var deadline = new CancellationTokenSource(Deadline);
            await stack._application.ResourceNotifications.WaitForResourceHealthyAsync(
                "monitoring-web", WaitBehavior.StopOnResourceUnavailable, deadline.Token);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    public Uri Dashboard(string path) => new(_application.GetEndpoint("monitoring-web"), path);

    /// <summary>Appends the demo workflow.</summary>
    /// <returns>Type and cursor of each of its events.</returns>
    public async Task<IReadOnlyList<(string Type, string Cursor)>> PostDemoAsync()
    {
        using var http = _application.CreateHttpClient("monitoring-api");
        var answer = await http.PostAsync(new Uri("/demo/events", UriKind.Relative), content: null);
        answer.EnsureSuccessStatusCode();
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return [.. json.GetProperty("events").EnumerateArray().Select(entry =>
            (entry.GetProperty("event_type").GetString()!, entry.GetProperty("cursor").GetString()!))];
    }

    /// <summary>What the API answers.</summary>
    public async Task<string> AskAsync(string path)
    {
        using var http = _application.CreateHttpClient("monitoring-api");
        return await http.GetStringAsync(new Uri(path, UriKind.Relative));
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
