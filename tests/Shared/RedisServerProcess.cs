namespace Nexus.Testing;

/// <summary>A real redis-server with an append-only file: what a client was told is done survives <see cref="IRedisServer.KillAsync"/>.</summary>
public sealed class RedisServerProcess : ServerProcess
{
    private const string Command = "redis-server";

    private static readonly string? Executable = ExecutablePath.Find(Command);

    private RedisServerProcess()
        : base(Command)
    {
    }

    public static bool IsInstalled => Executable is not null;

    /// <summary>For <c>Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing)</c>.</summary>
    public static string WhyMissing => "redis-server is not on the PATH. Install it with: apt-get install -y redis-server";

    public static async Task<RedisServerProcess> StartAsync()
    {
        var server = new RedisServerProcess();
        await server.StartFirstTimeAsync();
        return server;
    }

    protected override (string FileName, IEnumerable<string> Arguments) CommandLine() =>
        (Executable ?? throw new InvalidOperationException(WhyMissing),
        [
            "--port", $"{Port}",
            "--bind", "127.0.0.1",
            "--dir", DataFolder,
            "--appendonly", "yes",

            // With the default, everysec, a write that meets a running fsync is put off for up to two seconds, and a kill loses it.
            "--appendfsync", "always",
            "--save", "",
            "--daemonize", "no",
        ]);
}
