namespace Nexus.AppHost.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("nexus-apphost-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
