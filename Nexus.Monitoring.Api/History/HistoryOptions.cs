using Nexus.Monitoring.Api.History.Storage;

namespace Nexus.Monitoring.Api.History;

/// <summary>The configuration section <c>Monitoring:History</c>; ranges in <see cref="HistoryOptionsValidator"/>.</summary>
internal sealed class HistoryOptions
{
    public const string SectionName = "Monitoring:History";

    /// <summary>Whether history is kept; it also needs a <see cref="Path"/>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The database file, one for each node; nothing is kept while it is empty. Temporary files lie beside it.</summary>
    public string Path { get; set; } = "";

    /// <summary>Older events are deleted; zero keeps them.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Most bytes of the file that hold data; the oldest events give way. Zero keeps them.</summary>
    public long MaxSizeBytes { get; set; } = 20L * 1024 * 1024 * 1024;

    /// <summary>Most memory of the database, besides what the log's readers use.</summary>
    public int MemoryLimitMegabytes { get; set; } = 512;

    /// <summary>What is written beside the file before it is worked in; read again after a kill. Working in often costs more than
    /// writing.</summary>
    public int CheckpointMegabytes { get; set; } = 256;

    /// <summary>Threads of the database; one does where the memory limit is below 384 MiB.</summary>
    public int Threads { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>Most events in one transaction; <see cref="HistoryDatabase.RowGroup"/> costs the least.</summary>
    public int CommitEvents { get; set; } = HistoryDatabase.RowGroup;

    /// <summary>How long events are collected for one transaction; history is behind the log by about this much.</summary>
    public TimeSpan CommitInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often what has become too old or too much is deleted.</summary>
    public TimeSpan RetentionInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A question that takes longer is given up.</summary>
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Questions at the same time; others wait their turn.</summary>
    public int ConcurrentQueries { get; set; } = 4;

    /// <summary>Exports of one history at the same time, besides the questions; who asks for another is told to come again.</summary>
    public int ConcurrentExports { get; set; } = 2;

    /// <summary>Most bytes of the body of an import.</summary>
    public long MaxImportBytes { get; set; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Most imported sessions that are kept.</summary>
    public int MaxSessions { get; set; } = 100;

    /// <summary>Most bytes of the imported sessions together, that which is being imported included.</summary>
    public long MaxSessionsBytes { get; set; } = 20L * 1024 * 1024 * 1024;

    /// <summary>Memory of the imported sessions together: one half is for an import, the other for those that are open.</summary>
    public int SessionsMemoryMegabytes { get; set; } = 1024;

    public bool IsKept => Enabled && Path.Length > 0;
}
