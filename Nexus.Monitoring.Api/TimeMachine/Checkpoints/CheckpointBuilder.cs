using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine.Checkpoints;

/// <summary>
/// Puts states away as the history grows, behind everybody's back: it reads the history on its own, and keeps a state in memory only while
/// checkpoints follow one another closely. After a change of the reducer it builds all of them again.
/// </summary>
internal sealed class CheckpointBuilder(
    CheckpointStore store,
    LogFolding folding,
    HistoryPages pages,
    HistoryState history,
    LogFeed feed,
    TimeProvider time,
    IOptions<TimeMachineOptions> options,
    ILogger<CheckpointBuilder> logger) : BackgroundService
{
    /// <summary>
    /// Whoever writes a checkpoint within this time goes on with the state it has: reading it again would make as much garbage as the state is
    /// large, every few seconds.
    /// </summary>
    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(1);

    /// <summary>While the history is further behind the log than this, what checkpoints take is better spent on writing it.</summary>
    private static readonly TimeSpan MostBehind = TimeSpan.FromSeconds(5);

    /// <summary>So long: without them, what happens now is too far from one to be jumped to.</summary>
    private static readonly TimeSpan MostPatience = TimeSpan.FromMinutes(1);

    private string? _problem;
    private long _triedAt = time.GetTimestamp();
    private FoldedState? _folded;
    private long _foldedAt;

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

        if (_folded is not null && (_folded.Position != last?.Position || time.GetElapsedTime(_foldedAt) > KeepFor))
        {
            _folded = null;
        }

        var every = options.Value.CheckpointEvents;
        var from = last?.Position ?? floor;
        if (await pages.CountAsync(from, head, cancellationToken) < every)
        {
            return;
        }

        // Nobody else has it while it is folded on: what fails in the middle of that leaves none behind.
        var folded = _folded ?? (last is { } checkpoint ? store.Load(checkpoint) : FoldedState.Empty(floor));
        _folded = null;
        var before = last?.Position;
        while (folded is not null && await pages.CountAsync(folded.Position, head, cancellationToken) >= every)
        {
            var (left, least) = (every, folded.Position.Time + options.Value.CheckpointDistance);
            while ((left > 0 || folded.Position.Time < least) && folded.Position < head)
            {
                left -= await folding.FoldPageAsync(folded, head, left > 0 ? left : every, cancellationToken);
            }

            store.Add(folded, before);
            before = folded.Position;
        }

        (_folded, _foldedAt) = (folded, time.GetTimestamp());
        store.Trim(history.Floor);
    }

    private async Task TryBuildAsync(CancellationToken cancellationToken)
    {
        var isBehind = history.BehindOf(feed.Ring.Head.Position) > MostBehind;
        if (history.Problem is not null || (isBehind && time.GetElapsedTime(_triedAt) < MostPatience))
        {
            return;
        }

        try
        {
            _triedAt = time.GetTimestamp();
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
