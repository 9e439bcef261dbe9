using Nexus.Monitoring.Web.Board;
using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Lanes;

/// <summary>A piece of a lane in words.</summary>
internal static class LaneWords
{
    /// <summary>The piece of <paramref name="worker"/> that begins at <paramref name="from"/>, Unix milliseconds; the newest of several.</summary>
    public static LaneBar? Find(LaneBoard board, int worker, double from)
    {
        foreach (var bar in board.Of(worker))
        {
            if (bar.From.ToUnixTimeMilliseconds() == (long)from)
            {
                return bar;
            }
        }

        return null;
    }

    public static string Describe(LaneBar bar, Times times) => bar.Marks.HasFlag(LaneMark.Silent)
        ? $"no sign of life for {Durations.Text(bar.Length)}, since {times.Clock(bar.From)}"
        : $"{(bar.TaskId is { } task ? $"{bar.TaskType} {Ids.Brief(task)}" : $"{Numbers.Plural(bar.Attempts, "attempt", "attempts")} in short succession, {bar.TaskType}")}, "
            + $"{Outcome(bar).Word} {(bar.Marks.HasFlag(LaneMark.Open) ? "for" : "after")} {Durations.Text(bar.Length)}, began {times.Clock(bar.From)}";

    public static (WorkStatus Status, string Word) Outcome(LaneBar bar) => bar.Marks switch
    {
        LaneMark.Failed => (WorkStatus.Failed, "failed"),
        LaneMark.Orphaned => (WorkStatus.Orphaned, "left behind"),
        LaneMark.Open => (WorkStatus.Processing, "at work"),
        _ => (WorkStatus.Completed, "done"),
    };
}
