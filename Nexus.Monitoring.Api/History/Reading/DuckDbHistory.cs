using System.Runtime.CompilerServices;
using DuckDB.NET.Data;
using Microsoft.Extensions.Options;
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

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>Asks the database, a bounded number of questions at the same time and each for a bounded time.</summary>
internal sealed class DuckDbHistory(HistoryStore store, HistoryState state, TimeProvider time, IOptions<HistoryOptions> options)
    : IEventHistory, IDisposable
{
    private readonly ConditionalWeakTable<HistoryDatabase, ToldRows> _told = [];

    private readonly SemaphoreSlim _turns = new(options.Value.ConcurrentQueries);

    /// <summary>Apart from the questions: an export takes as long as its client, and must not keep others waiting.</summary>
    private readonly SemaphoreSlim _exports = new(options.Value.ConcurrentExports);

    public Task<LogPage> SearchAsync(EventQuery query, HistoryRange range, bool isBackwards, int limit,
        CancellationToken cancellationToken) =>
        AskAsync(
            (connection, cancel) => new EventSearch(connection, query, time, cancel).Read(range, isBackwards, limit), cancellationToken);

    public Task<HistoryPassage> FollowAsync(LogPosition after, LogPosition upto, int limit, CancellationToken cancellationToken) =>
        AskAsync((connection, cancel) => HistoryResume.Read(connection, after, upto, limit, time, cancel), cancellationToken);

    public Task<IReadOnlyList<LogEntry>> TaskEventsAsync(string taskId, int limit, CancellationToken cancellationToken) =>
        AskAsync((connection, cancel) => TaskStories.Read(connection, taskId, limit, cancel), cancellationToken);

    public Task<IReadOnlyList<StoredTask>> TasksAsync(TaskQuestion question, CancellationToken cancellationToken) =>
        AskAsync((connection, cancel) => EndedTasks.Read(connection, question, Told().Tasks, cancel), cancellationToken);

    public Task<IReadOnlyList<TaskPlace>> TaskPlacesAsync(TaskQuestion question, CancellationToken cancellationToken) =>
        AskAsync((connection, cancel) => EndedTasks.Places(connection, question, cancel), cancellationToken);

    public Task<long> CountTasksAsync(TaskQuestion question, CancellationToken cancellationToken) =>
        AskAsync((connection, cancel) => EndedTasks.Count(connection, question, cancel), cancellationToken);

    public Task<RunRecord?> RunAsync(string runId, CancellationToken cancellationToken) =>
        AskAsync((connection, cancel) => RunStories.Read(connection, runId, cancel), cancellationToken);

    public Task<RunPart> RunsAsync(LogPosition? before, int limit, CancellationToken cancellationToken) =>
        AskAsync((connection, cancel) => RunLists.Read(connection, before, limit, cancel), cancellationToken);

    public Task<IReadOnlyList<QuerySuggestion>> SuggestAsync(QueryCaret place, int limit, CancellationToken cancellationToken) =>
        AskAsync((connection, cancel) => FieldValues.Suggest(connection, place, limit, cancel), cancellationToken);

    public Task<SeriesAnswer> SeriesAsync(SeriesQuestion question, CancellationToken cancellationToken) =>
        AskAsync(
            question.Scope, (connection, scope, cancel) => TrendSeries.Read(connection, question with { Scope = scope }, cancel), cancellationToken);

    public Task<HeatmapAnswer> HeatmapAsync(ProfileScope scope, bool isWait, long bucketMs, CancellationToken cancellationToken) =>
        AskAsync(scope, (connection, scope, cancel) => DurationHeatmap.Read(connection, scope, isWait, bucketMs, cancel), cancellationToken);

    public Task<DensityAnswer> DensityAsync(ProfileScope scope, int buckets, CancellationToken cancellationToken) =>
        AskAsync(scope, (connection, scope, cancel) => EventDensity.Read(connection, scope, buckets, cancel), cancellationToken);

    public Task<IReadOnlyList<DurationProfile>> DurationsAsync(ProfileScope scope, string by, bool isWait,
        CancellationToken cancellationToken) =>
        AskAsync(scope, (connection, scope, cancel) => TaskProfiles.Durations(connection, scope, by, isWait, cancel), cancellationToken);

    public Task<IReadOnlyList<SlowAttempt>> SlowestAsync(ProfileScope scope, int limit, CancellationToken cancellationToken) =>
        AskAsync(scope, (connection, scope, cancel) => TaskProfiles.Slowest(connection, scope, limit, Told().Attempts, cancel), cancellationToken);

    public Task<IReadOnlyList<WorkerUse>> WorkersAsync(ProfileScope scope, CancellationToken cancellationToken) =>
        AskAsync(scope, (connection, scope, cancel) => TaskProfiles.Workers(connection, scope, cancel), cancellationToken);

    public Task<IReadOnlyList<ErrorGroupProfile>> ErrorsAsync(ProfileScope scope, int limit, CancellationToken cancellationToken) =>
        AskAsync(scope, (connection, scope, cancel) => ErrorProfiles.Groups(connection, scope, limit, cancel), cancellationToken);

    public Task<IReadOnlyList<ComparedProfile>> CompareAsync(ProfileScope before, ProfileScope after,
        CancellationToken cancellationToken) =>
        AskAsync(
            (connection, cancel) => ErrorProfiles.Compare(
                connection, before.Narrow(connection.With(cancel)), after.Narrow(connection.With(cancel)), cancel),
            cancellationToken);

    /// <summary>Nobody asks just now.</summary>
    public bool IsIdle => _turns.CurrentCount == options.Value.ConcurrentQueries && _exports.CurrentCount == options.Value.ConcurrentExports;

    public IDisposable BeginExport() => _exports.Wait(TimeSpan.Zero)
        ? new TakenTurn(_exports)
        : throw new HistoryBusyException(
            $"{options.Value.ConcurrentExports} exports are being sent, as many as may be at the same time "
            + "(Monitoring:History:ConcurrentExports); try again when one of them is through.");

    public Task<long> CountAsync(ExportQuestion question, CancellationToken cancellationToken) =>
        Export(question).CountAsync(cancellationToken);

    public Task<long> ExportAsync(ExportQuestion question, IExportFormat format, Stream output, CancellationToken cancellationToken) =>
        Export(question).WriteAsync(format, output, cancellationToken);

    public Task ExportParquetAsync(ExportQuestion question, string path, CancellationToken cancellationToken) =>
        Export(question).WriteParquetAsync(path, cancellationToken);

    public Task<HistoryFacts> FactsAsync(CancellationToken cancellationToken) =>
        AskAsync((connection, _) => HistoryFacts.Read(connection), cancellationToken);

    public void Dispose()
    {
        _turns.Dispose();
        _exports.Dispose();
    }

    /// <summary>The database answers on a thread of its own, and is interrupted when nobody waits any longer.</summary>
    public async Task<T> AskAsync<T>(Func<DuckDBConnection, CancellationToken, T> ask, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Value.QueryTimeout, time);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        return await ExplainAsync(
            async () =>
            {
                await _turns.WaitAsync(cancel.Token);
                try
                {
                    return await RunAsync(ask, cancel.Token);
                }
                finally
                {
                    _turns.Release();
                }
            },
            cancel.Token, cancellationToken);
    }

    /// <summary>The same for an export that was begun: it has a turn, and as long as it needs.</summary>
    public Task<T> AskLongAsync<T>(Func<DuckDBConnection, CancellationToken, T> ask, CancellationToken cancellationToken) =>
        ExplainAsync(() => RunAsync(ask, cancellationToken), cancellationToken, cancellationToken);

    private Task<T> RunAsync<T>(Func<DuckDBConnection, CancellationToken, T> ask, CancellationToken cancellationToken)
    {
        var database = store.Current ?? throw new HistoryUnavailableException(WhyNot());
        return Task.Run(
            () =>
            {
                using var connection = database.Connect();
                return ask(connection, cancellationToken);
            },
            cancellationToken);
    }

    private async Task<T> ExplainAsync<T>(Func<Task<T>> ask, CancellationToken cancel, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception error) when (error is DuckDBException or OperationCanceledException && cancel.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException(
                $"The answer takes longer than {options.Value.QueryTimeout.TotalSeconds:0.#} s (Monitoring:History:QueryTimeout); "
                + "ask for a shorter time or with a narrower query.",
                error);
        }
        catch (DuckDBException error)
        {
            var problem = HistoryProblems.Explain(error, store.Path);
            if (HistoryProblems.IsDamage(error))
            {
                // The writer only appends and would never meet it.
                state.SetDamage(problem.Message);
            }

            throw problem;
        }
    }

    private Task<T> AskAsync<T>(
        ProfileScope scope, Func<DuckDBConnection, ProfileScope, CancellationToken, T> ask, CancellationToken cancellationToken) =>
        AskAsync((connection, cancel) => ask(connection, scope.Narrow(connection.With(cancel)), cancel), cancellationToken);

    private ToldRows Told() => store.Current is { } database ? _told.GetValue(database, static _ => new()) : new ToldRows();

    private HistoryExport Export(ExportQuestion question) => new(this, question.Query, question.Range, question.Now);

    private string WhyNot() => options.Value.IsKept
        ? state.Problem ?? "History is being opened."
        : "No history is kept on this node; Monitoring:History:Path says where to keep it.";
}
