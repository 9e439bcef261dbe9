namespace Nexus.Testing;

/// <summary>
/// A server that speaks the Redis protocol in a process of its own, on a loopback port and a data folder that stay the same over
/// restarts. Suites that must hold for redis-server and for the embedded server alike are written against this.
/// </summary>
public interface IRedisServer : IAsyncDisposable
{
    /// <summary>What a test report calls it, such as <c>redis-server</c>.</summary>
    string Name { get; }

    int Port { get; }

    int ProcessId { get; }

    /// <summary><c>127.0.0.1:port</c>, to which a test adds the client options that it is about.</summary>
    string ConnectionString { get; }

    string DataFolder { get; }

    bool IsRunning { get; }

    /// <summary>The last lines that the process printed, for the message of a failing test.</summary>
    string Output { get; }

    /// <summary>SIGKILL: nothing is flushed, connections are cut.</summary>
    Task KillAsync();

    /// <summary>SIGTERM: stops in order. Returns the exit code.</summary>
    Task<int> StopAsync();

    /// <summary>SIGSTOP: connections stay open, but nothing is answered until <see cref="Resume"/>.</summary>
    void Pause();

    void Resume();

    /// <summary>Starts it again on the same port and data after <see cref="KillAsync"/> or <see cref="StopAsync"/>, which it does first if needed.</summary>
    Task RestartAsync();
}
