using Nexus.Monitoring.Web.Board;

namespace Nexus.Monitoring.Web.Lanes;

/// <summary>What a browser needs to go on drawing, see lanes.js.</summary>
/// <param name="Reset">Forget what came before.</param>
/// <param name="Now">The right edge, Unix milliseconds.</param>
/// <param name="Window">Milliseconds to the left of it.</param>
/// <param name="Known">What is before is not known, Unix milliseconds.</param>
/// <param name="Stale">Whether time stands still.</param>
/// <param name="Ended">Pieces that were not sent before.</param>
/// <param name="Open">All pieces that go on or may still grow.</param>
internal sealed record LaneMessage(
    bool Reset, double Now, double Window, double Known, bool Stale, IReadOnlyList<object[]> Ended, IReadOnlyList<object[]> Open)
{
    /// <summary>Most pieces in one message; of more, the newest.</summary>
    private const int Most = 40_000;

    /// <param name="board">What is shown.</param>
    /// <param name="sent">Number of the next piece that the browser lacks; null to begin anew.</param>
    /// <param name="isStale">Whether the stream is lost.</param>
    /// <param name="only">Only this worker's lane.</param>
    public static LaneMessage Of(LaneBoard board, long? sent, bool isStale, int? only)
    {
        var skip = Math.Max(sent is { } next ? (int)Math.Clamp(next - board.First, 0, board.Ended.Count) : 0, board.Ended.Count - Most);
        return new LaneMessage(
            sent is null,
            Milliseconds(board.At),
            board.Window.TotalMilliseconds,
            Milliseconds(board.KnownSince),
            isStale,
            [.. Since(board.Ended, skip).Where(bar => only is null || bar.WorkerId == only).Select(Encode)],
            [.. board.Now.Where(bar => only is null || bar.WorkerId == only).Select(Encode)]);
    }

    private static IEnumerable<LaneBar> Since(IReadOnlyList<LaneBar> bars, int first)
    {
        for (var i = first; i < bars.Count; i++)
        {
            yield return bars[i];
        }
    }

    private static object[] Encode(LaneBar bar) =>
        [bar.WorkerId, TaskTypes.Token(bar.TaskType), (int)bar.Marks, Milliseconds(bar.From), Milliseconds(bar.To)];

    private static double Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
