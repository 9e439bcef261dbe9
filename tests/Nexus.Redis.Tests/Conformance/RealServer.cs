namespace Nexus.Redis.Tests.Conformance;

public sealed class RealServer : ConformanceServer
{
    private RedisServerProcess? _server;

    public override string? WhyMissing => RedisServerProcess.IsInstalled ? null : RedisServerProcess.WhyMissing;

    protected override async Task<int> StartAsync()
    {
        _server = await RedisServerProcess.StartAsync();
        return _server.Port;
    }

    protected override ValueTask StopAsync() => _server!.DisposeAsync();
}
