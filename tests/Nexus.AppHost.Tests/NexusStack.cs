using Microsoft.Extensions.DependencyInjection;

namespace Nexus.AppHost.Tests;

/// <summary>The whole of Nexus inside the test, as AppHost.cs composes it, on free ports and with data of its own.</summary>
internal sealed class NexusStack : IAsyncDisposable
{
    public const string Dashboard = "aspire-dashboard";

    /// <summary>Five .NET processes start on what may be a busy machine.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _data;

    private NexusStack(TemporaryFolder data, DistributedApplication application)
    {
        _data = data;
        Application = application;
    }

    public DistributedApplication Application { get; }

    public bool HasDashboard => Application.Services.GetRequiredService<DistributedApplicationModel>().Resources.TryGetByName(Dashboard, out _);

    public static Task<IDistributedApplicationTestingBuilder> ComposeAsync(params string[] args) => ComposeAsync(args, withDashboard: false);

    public static Task<NexusStack> StartAsync(params string[] args) => StartAsync(args, _ => { });

    /// <summary>With the Aspire dashboard, where it is installed.</summary>
    public static Task<NexusStack> StartWithDashboardAsync() => StartAsync([], _ => { }, withDashboard: true);

    public static async Task<NexusStack> StartAsync(
        string[] args, Action<IDistributedApplicationTestingBuilder> change, bool withDashboard = false)
    {
        var data = new TemporaryFolder();
        try
        {
            var builder = await ComposeAsync([.. args, $"--Nexus:Redis:Data={data.Path}"], withDashboard);
            change(builder);
            var stack = new NexusStack(data, await builder.BuildAsync());
            try
            {
                await stack.Application.StartAsync();
                return stack;
            }
            catch
            {
                await stack.Application.DisposeAsync();
                throw;
            }
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    public async Task IsHealthyAsync(string resource)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await Application.ResourceNotifications.WaitForResourceHealthyAsync(
            resource, WaitBehavior.StopOnResourceUnavailable, deadline.Token);
    }

    public async Task AllAreHealthyAsync() =>
        await Task.WhenAll(new[] { "redis", "monitoring-api", "monitoring-web", "coordinator-sim" }.Select(IsHealthyAsync));

    public async Task<string> GetAsync(string resource, string path)
    {
        using var client = Application.CreateHttpClient(resource);
        return await client.GetStringAsync(new Uri(path, UriKind.Relative));
    }

    private static Task<IDistributedApplicationTestingBuilder> ComposeAsync(string[] args, bool withDashboard) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.Nexus_AppHost>(
            args, (application, _) => application.DisableDashboard = !withDashboard);

    public async ValueTask DisposeAsync()
    {
        await Application.DisposeAsync();
        _data.Dispose();
    }
}
