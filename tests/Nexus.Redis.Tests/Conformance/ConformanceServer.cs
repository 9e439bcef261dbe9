using StackExchange.Redis;

namespace Nexus.Redis.Tests.Conformance;

/// <summary>One server for all tests of a suite; every test uses keys of its own.</summary>
public abstract class ConformanceServer : IAsyncLifetime
{
    private ConnectionMultiplexer? _connection;

    public ConnectionMultiplexer Connection => _connection ?? throw new InvalidOperationException("The server was not started.");

    public int Port { get; private set; }

    /// <summary>Why the suite cannot run here, null when it can.</summary>
    public virtual string? WhyMissing => null;

    public async ValueTask InitializeAsync()
    {
        if (WhyMissing is null)
        {
            Port = await StartAsync();
            _connection = await ConnectAsync();
        }
    }

    public Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{Port},allowAdmin=true");

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
            await StopAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Starts the server and returns its port.</summary>
    protected abstract Task<int> StartAsync();

    protected abstract ValueTask StopAsync();
}
