using Nexus.Monitoring.Api.History.Exports;
using Nexus.Monitoring.Api.History.Profiles;
using Nexus.Monitoring.Api.History.Series;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.History.Stories;
using Nexus.Monitoring.Api.History.Tasks;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History;

/// <summary>Everything that was ever in the log, to be searched, counted and profiled. Thread-safe.</summary>
/// <remarks>
/// All methods throw <see cref="HistoryUnavailableException"/> when there is no history to ask, and <see cref="TimeoutException"/> with a
/// sentence when the answer takes too long.
/// </remarks>
internal interface IEventHistory
{
    /// <summary>One page of what matches, looking from one end of a range; it may be short where little matches, its interval says how far
    /// it looked.</summary>
    Task<LogPage> SearchAsync(EventQuery query, HistoryRange range, bool isBackwards, int limit, CancellationToken cancellationToken);

    /// <summary>The first events after a position, up to another, for who goes on from there.</summary>
    Task<HistoryPassage> FollowAsync(LogPosition after, LogPosition upto, int limit, CancellationToken cancellationToken);

    /// <summary>All events of a task in the log's order; the newest when there are more than <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<LogEntry>> TaskEventsAsync(string taskId, int limit, CancellationToken cancellationToken);

    /// <summary>A part of a sorted list of tasks that have ended.</summary>
    Task<IReadOnlyList<StoredTask>> TasksAsync(TaskQuestion question, CancellationToken cancellationToken);

    /// <summary>Where the tasks of such a part stand, and nothing else of them.</summary>
    Task<IReadOnlyList<TaskPlace>> TaskPlacesAsync(TaskQuestion question, CancellationToken cancellationToken);

    /// <summary>How many tasks that list has in all, each once however often it ended.</summary>
    Task<long> CountTasksAsync(TaskQuestion question, CancellationToken cancellationToken);

    /// <summary>What is known of a run; null when nothing is.</summary>
    Task<RunRecord?> RunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Runs as they stood in the end, the one changed last first; a part may be smaller than <paramref name="limit"/>.</summary>
    Task<RunPart> RunsAsync(LogPosition? before, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Values that a field has had lately, or keys below <c>meta.</c>, <c>counts.</c> and <c>queue.</c>, where somebody writes a query.
    /// </summary>
    Task<IReadOnlyList<QuerySuggestion>> SuggestAsync(QueryCaret place, int limit, CancellationToken cancellationToken);

    /// <summary>Takes the turn that an export needs, until it is disposed; an export takes as long as its client does.</summary>
    /// <exception cref="HistoryBusyException">There are as many as may be.</exception>
    IDisposable BeginExport();

    /// <summary>How many events an export has.</summary>
    Task<long> CountAsync(ExportQuestion question, CancellationToken cancellationToken);

    /// <summary>Writes an export in the log's order, in memory that does not grow with it.</summary>
    /// <returns>How many events were written.</returns>
    Task<long> ExportAsync(ExportQuestion question, IExportFormat format, Stream output, CancellationToken cancellationToken);

    /// <summary>Writes an export as a Parquet file.</summary>
    Task ExportParquetAsync(ExportQuestion question, string path, CancellationToken cancellationToken);

    /// <summary>What is stored.</summary>
    Task<HistoryFacts> FactsAsync(CancellationToken cancellationToken);

    Task<SeriesAnswer> SeriesAsync(SeriesQuestion question, CancellationToken cancellationToken);

    Task<HeatmapAnswer> HeatmapAsync(ProfileScope scope, bool isWait, long bucketMs, CancellationToken cancellationToken);

    /// <summary>Events and failures in at most that many buckets of one width.</summary>
    Task<DensityAnswer> DensityAsync(ProfileScope scope, int buckets, CancellationToken cancellationToken);

    Task<IReadOnlyList<DurationProfile>> DurationsAsync(ProfileScope scope, string by, bool isWait, CancellationToken cancellationToken);

    Task<IReadOnlyList<SlowAttempt>> SlowestAsync(ProfileScope scope, int limit, CancellationToken cancellationToken);

    Task<IReadOnlyList<WorkerUse>> WorkersAsync(ProfileScope scope, CancellationToken cancellationToken);

    Task<IReadOnlyList<ErrorGroupProfile>> ErrorsAsync(ProfileScope scope, int limit, CancellationToken cancellationToken);

    Task<IReadOnlyList<ComparedProfile>> CompareAsync(ProfileScope before, ProfileScope after, CancellationToken cancellationToken);
}
