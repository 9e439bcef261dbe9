namespace Nexus.Redis.Hosting;

/// <summary>The data folder, held by this process until disposed. The operating system lets go of it when the process dies.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockFile = "nexus-redis.lock";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    public static DataFolder Open(string folder)
    {
        var path = System.IO.Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, error);
        }

        var file = System.IO.Path.Combine(path, LockFile);
        try
        {
            return new DataFolder(path, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException error)
        {
            throw NotWritable(path, error);
        }
        catch (IOException error)
        {
            throw new EmbeddedRedisException(
                $"The data folder '{path}' is in use by another server; stop that one or choose another folder with --data or NEXUS_REDIS_DATA.",
                error);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static EmbeddedRedisException NotWritable(string path, Exception error) => new(
        $"The data folder '{path}' cannot be written ({error.Message.TrimEnd('.')}); choose another with --data or NEXUS_REDIS_DATA.", error);
}
