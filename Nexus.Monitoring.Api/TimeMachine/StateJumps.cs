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

    private readonly SemaphoreSlim _turns = new(options.Value.ConcurrentJumps);
    private int _asked;

    /// <summary>Everything up to and including a position that is not later than the newest.</summary>
    /// <exception cref="InstantAwayException">It cannot be shown.</exception>
    /// <exception cref="HistoryUnavailableException">There is no history to ask.</exception>
    /// <exception cref="LogAwayException">The newest part is needed, and the log does not answer.</exception>
    public async Task<T> ReadAsync<T>(LogPosition upto, Func<FoldedState, T> look, CancellationToken cancellationToken)
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
            var folded = await BeginAsync(upto, cancellationToken);
            await folding.FoldAsync(folded, upto, cancellationToken);
            return look(folded);
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

    private async Task<FoldedState> BeginAsync(LogPosition upto, CancellationToken cancellationToken)
    {
        var floor = history.Floor;
        FoldedState? folded = null;
        while (folded is null && store.Find(upto) is { } checkpoint && checkpoint.Position >= floor)
        {
            folded = store.Load(checkpoint);
        }

        folded ??= FoldedState.Empty(floor);
        await CheckAsync(upto, floor, folded, cancellationToken);
        return folded;
    }

    private async Task CheckAsync(LogPosition upto, LogPosition floor, FoldedState folded, CancellationToken cancellationToken)
    {
        var isFromNothing = folded.State.Events == 0;
        if (upto < floor || (isFromNothing && store.FindAfter(upto) is { } later && later.Since < floor))
        {
            // A state that was folded from before the history begins would be more than one that begins with it.
            throw Before(upto, (store.FindAfter(upto)?.Position ?? floor).Time);
        }

        var events = await pages.CountAsync(folded.Position, upto, cancellationToken);
        if (isFromNothing && events == 0 && upto < history.Head)
        {
            throw Before(upto, (await pages.ReadAsync(floor, history.Head, 1, cancellationToken)).Upto.Time);
        }

        if (events > options.Value.MaxJumpEvents)
        {
            throw new InstantAwayException(
                InstantAway.NotYet,
                $"{events} events lie between the nearest checkpoint and this instant; {options.Value.MaxJumpEvents} are allowed (Monitoring:TimeMachine:MaxJumpEvents). Checkpoints are being built; try again in a minute.");
        }
    }

    private static InstantAwayException Before(LogPosition upto, DateTimeOffset begin) => new(
        InstantAway.Before, $"What is kept begins at {begin:yyyy-MM-dd HH:mm:ss.fff} UTC; nothing is known of {upto.Time:yyyy-MM-dd HH:mm:ss.fff} UTC.");
}
