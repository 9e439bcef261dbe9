namespace Nexus.Testing;

/// <summary>The embedded server as a process of its own, as the AppHost starts it.</summary>
public sealed class NexusRedisProcess : ServerProcess
{
    private NexusRedisProcess()
        : base("Nexus.Redis")
    {
    }

    public static async Task<NexusRedisProcess> StartAsync()
    {
        var server = new NexusRedisProcess();
        await server.StartFirstTimeAsync();
        return server;
    }

    protected override (string FileName, IEnumerable<string> Arguments) CommandLine() =>
        ("dotnet", [BuiltProgram.Path("Nexus.Redis"), "--port", $"{Port}", "--data", DataFolder]);
}
