using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine.Replays;

/// <summary>What all replays of a node share, and how many there may be. Thread-safe.</summary>
internal sealed class ReplayContext(
    HistoryPages pages, HistoryState history, StateJumps jumps, SessionContext stream, IOptions<TimeMachineOptions> options)
{
    private int _open;

    public SessionContext Stream => stream;

    public StateJumps Jumps => jumps;

    public LogPosition Head => history.NewestWith(stream.Feed.Ring.Head.Position);

    public string WhyFull =>
        $"This node already serves {options.Value.MaxReplays} replays, its limit (Monitoring:TimeMachine:MaxReplays); try again later or on another node.";

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= options.Value.MaxReplays)
        {
            return true;
        }

        Interlocked.Decrement(ref _open);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _open);

    /// <param name="position">Where it goes on.</param>
    /// <param name="withKeys">Whether entries will be asked whether a filter wants them.</param>
    public ReplaySource SourceAfter(LogPosition position, bool withKeys) => new(pages, history, stream, position, withKeys);

    /// <summary>The last event of an instant: a position that readers may come back with. The given one where none is known.</summary>
    public async Task<LogPosition> LastOfAsync(LogPosition upto, CancellationToken cancellationToken)
    {
        if (stream.Feed.Ring is var ring && ring.TrySeek(upto, out var index))
        {
            return ring.Get(index - 1)?.Position ?? upto;
        }

        try
        {
            return upto < history.Head ? await pages.LastAsync(upto, cancellationToken) ?? upto : upto;
        }
        catch (Exception error) when (error is HistoryUnavailableException or TimeoutException)
        {
            return upto;
        }
    }
}
