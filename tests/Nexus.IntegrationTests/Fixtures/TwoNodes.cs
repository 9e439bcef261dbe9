namespace Nexus.IntegrationTests.Fixtures;

/// <summary>Two nodes over one Redis for the tests of one class, one after the other; each leaves everything running.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    public Stack Stack { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (RedisServerProcess.IsInstalled)
        {
            Stack = await Stack.StartAsync([], []);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Stack is not null)
        {
            await Stack.DisposeAsync();
        }
    }
}
