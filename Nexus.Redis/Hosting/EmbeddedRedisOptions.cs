namespace Nexus.Redis.Hosting;

/// <summary>How an <see cref="EmbeddedRedisServer"/> runs.</summary>
public sealed record EmbeddedRedisOptions
{
    public const int DefaultPort = 6379;

    public const long DefaultMemory = 1L << 30;

    /// <summary>Below this the fixed parts leave too little for data.</summary>
    public const long MinMemory = 256L << 20;

    /// <summary>The loopback port, 1 to 65535, or 0 for one that is free.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Where the data is kept over restarts. Created when missing; one server at a time.</summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// Bytes of data kept in memory, at least <see cref="MinMemory"/>. What is beyond moves to disk. One stream may take half of it, then
    /// entries are refused until it is trimmed. The process needs about twice as much while it writes a checkpoint.
    /// </summary>
    public long Memory { get; init; } = DefaultMemory;

    /// <summary>The clock behind <c>XADD … *</c>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Bytes that the append-only file may reach before a checkpoint replaces it. Also what is read again, at most, at the next start.
    /// </summary>
    public long MaxAppendOnlyFile { get; init; } = 256L << 20;
}
