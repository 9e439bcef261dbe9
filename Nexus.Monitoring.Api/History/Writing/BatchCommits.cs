using System.Data.Common;
using DuckDB.NET.Data;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>
/// Commits one batch while the next is filled, and no more than one: who fills faster than the database stores waits. Not thread-safe; the
/// connection is its own until it is disposed.
/// </summary>
/// <param name="connection">Where it writes.</param>
/// <param name="memory">What is remembered of the events before.</param>
/// <param name="committed">Called after each commit with its batch, up to where the log is stored now, where history begins if that has
/// changed, and how long it took; on another thread, and never twice at once.</param>
internal sealed class BatchCommits(
    DuckDBConnection connection, WriterMemory memory, Action<HistoryBatch, LogPosition, LogPosition?, TimeSpan> committed) : IAsyncDisposable
{
    private readonly EventTables _tables = EventTables.Of(connection);
    private HistoryBatch? _filling;
    private Task _committing = Task.CompletedTask;

    /// <summary>The batch that is being filled.</summary>
    public HistoryBatch Filling => _filling ??= new HistoryBatch(_tables, memory);

    /// <summary>Begins to commit what was filled, as soon as the batch before it is committed, and does not wait until it is.</summary>
    /// <exception cref="DbException">The batch before it could not be stored.</exception>
    public async Task BeginAsync(LogPosition upto)
    {
        var batch = Filling;
        batch.End(upto);
        await _committing;
        _filling = null;
        _committing = Task.Run(() => Commit(batch, upto), CancellationToken.None);
    }

    /// <summary>Waits until all batches are committed.</summary>
    /// <exception cref="DbException">One could not be stored.</exception>
    public Task SettleAsync() => _committing;

    public async ValueTask DisposeAsync()
    {
        await _committing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _filling?.Dispose();
    }

    private void Commit(HistoryBatch batch, LogPosition upto)
    {
        using (batch)
        {
            var began = TimeProvider.System.GetTimestamp();
            var floor = batch.Commit(connection);
            committed(batch, upto, floor, TimeProvider.System.GetElapsedTime(began));
        }
    }
}
