using Nexus.IntegrationTests.Fixtures;

[assembly: AssemblyFixture(typeof(SharedStack))]

namespace Nexus.IntegrationTests.Fixtures;

/// <summary>
/// Two nodes over one Redis for all tests that break nothing. The second one keeps little in memory, so that whoever comes to it with a
/// cursor is served from Redis. All the while something happens in a project that no test asks for.
/// </summary>
public sealed class SharedStack : IAsyncLifetime
{
    private const int NoisePerSecond = 200;

    private readonly CancellationTokenSource _stopping = new();
    private Task _noise = Task.CompletedTask;
    private int _projects;

    public Stack Stack { get; private set; } = null!;

    public Uri First => Stack.Node(0);

    public Uri Second => Stack.Node(1);

    /// <summary>A project that only one test uses.</summary>
    public string NewProject() => $"project-{Interlocked.Increment(ref _projects)}";

    public async ValueTask InitializeAsync()
    {
        if (!RedisServerProcess.IsInstalled)
        {
            return;
        }

        Stack = await Stack.StartAsync([Ping], [Ping, ("Monitoring__RingEvents", "64")]);
        _noise = Stack.Producer.PublishSteadilyAsync("noise", NoisePerSecond, _stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _noise;
        if (Stack is not null)
        {
            await Stack.DisposeAsync();
        }

        _stopping.Dispose();
    }

    private static (string, string) Ping => ("Monitoring__PingInterval", "00:00:00.2");
}
