using System.Diagnostics;
using System.Globalization;

namespace Nexus.IntegrationTests.Fixtures;

/// <summary>The API.</summary>
public sealed class ApiProcess : ServiceProcess
{
    private ApiProcess(IRedisServer redis, (string Key, string Value)[] settings)
        : base("Nexus.Monitoring.Api", redis, settings)
    {
    }

    public Uri Stream(string query) => new($"ws://127.0.0.1:{Port}/ws/monitoring?{query}");

    public static async Task<ApiProcess> StartAsync(IRedisServer redis, params (string Key, string Value)[] settings)
    {
        var api = new ApiProcess(redis, settings);
        await api.StartAsync();
        return api;
    }

    /// <summary>What the process holds in memory, in bytes.</summary>
    public long ResidentBytes()
    {
        using var process = Process.GetProcessById(ProcessId);
        return process.WorkingSet64;
    }

    /// <summary>Open streams of all transports, as the node counts them.</summary>
    public async Task<int> OpenStreamsAsync()
    {
        var metrics = await Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return metrics.Split('\n')
            .Where(line => line.StartsWith("nexus_monitoring_connections{", StringComparison.Ordinal))
            .Sum(line => int.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture));
    }
}
