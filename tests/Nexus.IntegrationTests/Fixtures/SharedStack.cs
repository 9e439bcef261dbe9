using Nexus.IntegrationTests.Fixtures;

[assembly: AssemblyFixture(typeof(SharedStack))]
[assembly: AssemblyFixture(typeof(OneNodeStack))]

namespace Nexus.IntegrationTests.Fixtures;

/// <summary>
/// Two nodes over one Redis for all tests that break nothing. The second one keeps little in memory, so that whoever comes to it with a
/// cursor is served from Redis. All the while something happens in a project that no test asks for.
/// </summary>
public class SharedStack : IAsyncLifetime
{
    private const int NoisePerSecond = 200;

    private readonly CancellationTokenSource _stopping = new();
    private Task _noise = Task.CompletedTask;
    private int _projects;

    public Stack Stack { get; private set; } = null!;

    public Uri First => Stack.Node(0);

    public Uri Second => Stack.Node(Stack.Nodes.Count - 1);

    /// <summary>A project that only one test uses.</summary>
    public string NewProject() => $"project-{Interlocked.Increment(ref _projects)}";

    /// <summary>The settings of each node.</summary>
    protected virtual (string Key, string Value)[][] Nodes => [[Ping], [Ping, ("Monitoring__RingEvents", "64")]];

    protected static (string Key, string Value) Ping => ("Monitoring__PingInterval", "00:00:00.2");

    public async ValueTask InitializeAsync()
    {
        if (!RedisServerProcess.IsInstalled)
        {
            return;
        }

        Stack = await Stack.StartAsync(Nodes);
        _noise = Stack.Producer.PublishSteadilyAsync("noise", NoisePerSecond, _stopping.Token);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _noise;
        if (Stack is not null)
        {
            await Stack.DisposeAsync();
        }

        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }
}
