using Nexus.Redis.Hosting;

namespace Nexus.Redis.Tests.Conformance;

public sealed class EmbeddedServer : ConformanceServer
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nexus-redis-");
    private EmbeddedRedisServer? _server;

    protected override async Task<int> StartAsync()
    {
        _server = await EmbeddedRedisServer.StartAsync(new EmbeddedRedisOptions { Port = 0, DataFolder = _folder.FullName });
        return _server.Port;
    }

    protected override async ValueTask StopAsync()
    {
        await _server!.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
