namespace Nexus.Redis.Tests.Embedded;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("nexus-redis-").FullName;

    public long Size => new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(SizeIfThere);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>The server deletes files while they are counted.</summary>
    private static long SizeIfThere(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
