using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.TimeMachine.Checkpoints;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine;

/// <summary>
/// The state at any instant: the nearest checkpoint before it, and the events since, folded by the same reducer. A bounded number at a time.
/// Thread-safe.
/// </summary>
internal sealed class StateJumps(
    CheckpointStore store,
    LogFolding folding,
    HistoryPages pages,
    HistoryState history,
    IOptions<HistoryOptions> historyOptions,
    IOptions<TimeMachineOptions> options) : IDisposable
{
    /// <summary>Besides those that are at work, this many may wait.</summary>
    private const int MostAsked = 64;

    /// <summary>So many events are held decoded, so that what they are about is known before a checkpoint is read.</summary>
    private const int MostHeld = 40_000;

    private readonly SemaphoreSlim _turns = new(options.Value.ConcurrentJumps);
    private int _asked;

    /// <summary>Everything up to and including a position that is not later than the newest.</summary>
    /// <param name="upto">The position.</param>
    /// <param name="endedTasks">How many of the tasks that ended last will be looked at.</param>
    /// <param name="look">Looks at the state.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InstantAwayException">It cannot be shown.</exception>
    /// <exception cref="HistoryUnavailableException">There is no history to ask.</exception>
    /// <exception cref="LogAwayException">The newest part is needed, and the log does not answer.</exception>
    public async Task<T> ReadAsync<T>(LogPosition upto, int endedTasks, Func<FoldedState, T> look, CancellationToken cancellationToken)
    {
        if (!historyOptions.Value.IsKept || history.Problem is not null)
        {
            throw new HistoryUnavailableException(historyOptions.Value.IsKept
                ? history.Problem!
                : "No history is kept on this node; Monitoring:History:Path says where to keep it.");
        }

        if (Interlocked.Increment(ref _asked) > MostAsked)
        {
            Interlocked.Decrement(ref _asked);
            throw new InstantAwayException(
                InstantAway.NotYet, $"{MostAsked} instants are being put together or wait for their turn; try again in a few seconds.");
        }

        var hasTurn = false;
        try
        {
            await _turns.WaitAsync(cancellationToken);
            hasTurn = true;
            var way = await FindWayAsync(upto, cancellationToken);
            var folded = await FoldAsync(way, upto, endedTasks, cancellationToken);
            return look(IsEnough(folded, endedTasks) ? folded : await FoldAsync(way, upto, int.MaxValue, cancellationToken));
        }
        finally
        {
            Interlocked.Decrement(ref _asked);
            if (hasTurn)
            {
                _turns.Release();
            }
        }
    }

    public void Dispose() => _turns.Dispose();

    private static bool IsEnough(FoldedState folded, int endedTasks) =>
        !folded.LacksTask && (folded.LeftOut.Count == 0 || folded.State.EndedTasks.Take(endedTasks).Count() == endedTasks);

    private async Task<FoldedState> FoldAsync(JumpWay way, LogPosition upto, int endedTasks, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Each event can take away at most one of them.
            var enough = (int)Math.Min(endedTasks + way.Events, int.MaxValue);
            var folded = way.Checkpoint is { } checkpoint
                ? store.Load(checkpoint, enough, endedTasks == int.MaxValue ? null : way.Touched)
                : FoldedState.Empty(way.Since);
            if (folded is not null)
            {
                await folding.FoldAsync(folded, upto, way.Pages, cancellationToken);
                return folded;
            }

            // That one is gone now.
            way = await FindWayAsync(upto, cancellationToken);
        }
    }

    /// <summary>Where folding begins, and what has to be folded from there.</summary>
    private async Task<JumpWay> FindWayAsync(LogPosition upto, CancellationToken cancellationToken)
    {
        var floor = history.Floor;
        if (store.Find(upto) is { } checkpoint && checkpoint.Position >= floor)
        {
            var events = await CountAsync(checkpoint.Position, upto, cancellationToken);
            return events > MostHeld
                ? new JumpWay(checkpoint, checkpoint.Since, events, [])
                : new JumpWay(checkpoint, checkpoint.Since, events, await folding.ReadAsync(checkpoint.Position, upto, cancellationToken));
        }

        await CheckBeginAsync(upto, floor, cancellationToken);
        return new JumpWay(null, floor, 0, []);
    }

    /// <summary>Nothing was put away before this instant: it is folded from where the history begins.</summary>
    private async Task CheckBeginAsync(LogPosition upto, LogPosition floor, CancellationToken cancellationToken)
    {
        var later = store.FindAfter(upto);
        if (upto < floor || later?.Since < floor)
        {
            // A state that was folded from before the history begins would be more than one that begins with it.
            throw Before(upto, (later?.Position ?? floor).Time);
        }

        if (await CountAsync(floor, upto, cancellationToken) == 0 && upto < history.Head)
        {
            throw Before(upto, (await pages.ReadAsync(floor, history.Head, new PageBounds(1, 1), cancellationToken)).Upto.Time);
        }
    }

    private async Task<long> CountAsync(LogPosition after, LogPosition upto, CancellationToken cancellationToken)
    {
        var events = await pages.CountAsync(after, upto, cancellationToken);
        return events <= options.Value.MaxJumpEvents ? events : throw new InstantAwayException(
            InstantAway.NotYet,
            $"{events} events lie between the nearest checkpoint and this instant; {options.Value.MaxJumpEvents} are allowed (Monitoring:TimeMachine:MaxJumpEvents). Checkpoints are being built; try again in a minute.");
    }

    private static InstantAwayException Before(LogPosition upto, DateTimeOffset begin) => new(
        InstantAway.Before, $"What is kept begins at {begin:yyyy-MM-dd HH:mm:ss.fff} UTC; nothing is known of {upto.Time:yyyy-MM-dd HH:mm:ss.fff} UTC.");
}
