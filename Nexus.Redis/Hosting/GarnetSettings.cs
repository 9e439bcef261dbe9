using System.Globalization;
using System.Net;
using Garnet.server;
using Tsavorite.core;

namespace Nexus.Redis.Hosting;

/// <summary>
/// Garnet's settings for one machine and bounded resources (its own defaults are 16 GB of memory and files that only grow).
/// </summary>
internal static class GarnetSettings
{
    public const int AppendOnlyPage = 8 << 20;

    public static GarnetServerOptions Create(EmbeddedRedisOptions options, int port, string folder) => new()
    {
        EndPoints = [new IPEndPoint(IPAddress.Loopback, port)],
        QuietMode = true,
        MaxDatabases = 1,
        AuthSettings = CommandRules.Write(folder),
        EnableLua = true,
        LuaOptions = new LuaOptions(),

        // A reply is sent when the command is in the append-only file, so a killed process loses nothing that was acknowledged.
        // Commands that arrive meanwhile share the next write: on two cores 225 000 XADD/s, against 226 000 without waiting.
        EnableAOF = true,
        WaitForCommit = true,
        CommitFrequencyMs = 0,
        // Waiting replies block pool threads while the write they wait for completes on others
        ThreadPoolMinThreads = 32,
        Recover = true,
        FailOnRecoveryError = true,
        DeviceType = DeviceType.RandomAccess,

        // Above the limit a checkpoint is taken and the file is cut in front of it, in whole segments
        AofSizeLimit = Bytes(options.MaxAppendOnlyFile),
        AofSizeLimitEnforceFrequencySecs = 1,
        AofMemorySize = "64m",
        AofPageSize = Bytes(AppendOnlyPage),
        AofSegmentSize = "64m",
        CheckpointDir = folder,

        // Values that do not fit into memory move to disk instead of being dropped; what is dead there is collected
        LogMemorySize = Bytes(options.Memory),
        PageSize = "4m",
        SegmentSize = "64m",
        ObjectLogSegmentSize = "64m",
        IndexMemorySize = "16m",
        EnableStorageTier = true,
        LogDir = folder,
        CompactionType = LogCompactionType.Lookup,
        CompactionFrequencySecs = 60,
        CompactionMaxSegments = 4,
        ExpiredKeyDeletionScanFrequencySecs = 30,
    };

    /// <summary>How much one stream may take.</summary>
    public static long MaxStreamMemory(EmbeddedRedisOptions options) => options.Memory / 2;

    private static string Bytes(long number) => number.ToString(CultureInfo.InvariantCulture);
}
