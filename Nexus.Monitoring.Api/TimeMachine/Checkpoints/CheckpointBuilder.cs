using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine.Checkpoints;

/// <summary>
/// Puts states away as the history grows, behind everybody's back: it reads the history on its own, and keeps a state in memory only while it has
/// more than one checkpoint to write. After a change of the reducer it builds all of them again.
/// </summary>
internal sealed class CheckpointBuilder(
    CheckpointStore store,
    LogFolding folding,
    HistoryPages pages,
    HistoryState history,
    TimeProvider time,
    IOptions<TimeMachineOptions> options,
    ILogger<CheckpointBuilder> logger) : BackgroundService
{
    private string? _problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (store.Folder is null)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Value.CheckpointInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryBuildAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>Writes all checkpoints that are due.</summary>
    public async Task BuildAsync(CancellationToken cancellationToken)
    {
        var (floor, head) = (history.Floor, history.Head);
        store.Trim(floor);
        var last = store.Find(LogPosition.End);
        if (last is { } ahead && ahead.Position > head)
        {
            // Another history than the one they were made of.
            store.Clear();
            last = null;
        }

        var every = options.Value.CheckpointEvents;
        var from = last?.Position ?? floor;
        if (await pages.CountAsync(from, head, cancellationToken) < every)
        {
            return;
        }

        var folded = last is { } checkpoint ? store.Load(checkpoint) : FoldedState.Empty(floor);
        var before = last?.Position;
        while (folded is not null && await pages.CountAsync(folded.Position, head, cancellationToken) >= every)
        {
            for (var left = every; left > 0 && folded.Position < head;)
            {
                left -= await folding.FoldPageAsync(folded, head, left, cancellationToken);
            }

            store.Add(folded, before);
            before = folded.Position;
        }

        store.Trim(history.Floor);
    }

    private async Task TryBuildAsync(CancellationToken cancellationToken)
    {
        if (history.Problem is not null)
        {
            return;
        }

        try
        {
            await BuildAsync(cancellationToken);
            _problem = null;
        }
        catch (Exception error) when (error is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            if (_problem != error.Message)
            {
                logger.CheckpointNotWritten(_problem = error.Message);
            }
        }
    }
}
