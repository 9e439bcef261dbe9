using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Stories;
using Nexus.Monitoring.Web.Board;

namespace Nexus.Monitoring.Web.Stories;

/// <summary>The phases of a run over time.</summary>
public sealed record PhaseChart(TimeScale Scale, IReadOnlyList<PhaseBar> Bars)
{
    private const int Slices = 40;

    /// <summary>What an estimate is made of; shorter than this it would jump.</summary>
    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ShortestSpan = TimeSpan.FromSeconds(10);

    /// <summary>When the last of the phases under way will be done; null where that cannot be told of each of them.</summary>
    public DateTimeOffset? End => Bars.Any(bar => bar.IsOpen) && Bars.All(bar => !bar.IsOpen || bar.Projected is not null) ? Bars.Max(bar => bar.Projected) : null;

    public static PhaseChart Of(RunStory story, DateTimeOffset now)
    {
        var byPhase = story.Tasks.Where(task => task.Phase is not null).ToLookup(task => task.Phase!);
        List<PhaseBar> bars = [.. story.Phases.Select(phase => Bar(phase, [.. byPhase[phase.Name]], story, now))];
        var from = story.StartedAt ?? story.FirstAt ?? now;
        var to = bars.Select(bar => bar.Projected ?? bar.To).Append(story.EndedAt ?? now).Max();
        return new PhaseChart(new TimeScale(from, to - from < ShortestSpan ? from + ShortestSpan : to), bars);
    }

    private static PhaseBar Bar(PhaseStory phase, TaskStory[] tasks, RunStory story, DateTimeOffset now)
    {
        var ended = phase.EndedAt ?? story.EndedAt;
        var to = ended ?? now;
        var done = tasks.Count(task => task.Status == EventStatuses.Completed);
        var failed = tasks.Count(task => task.Status == EventStatuses.Failed);
        long? total = phase.Announced is { } announced ? Math.Max(announced, tasks.Length) : null;
        return new PhaseBar
        {
            Name = phase.Name,
            Status = StatusNames.Parse(phase.Status),
            Done = done,
            Failed = failed,
            Total = total,
            From = phase.StartedAt,
            To = to,
            IsOpen = phase.StartedAt is not null && ended is null,
            Projected = ended is null && total is { } all ? Project(phase, tasks, all - done - failed, now) : null,
            Finished = Finished(phase, tasks, to),
        };
    }

    private static DateTimeOffset? Project(PhaseStory phase, TaskStory[] tasks, long left, DateTimeOffset now)
    {
        var window = now - phase.StartedAt is { } age && age < RateWindow ? age : RateWindow;
        var finished = tasks.Count(task => task.EndedAt >= now - window);
        return left > 0 && finished > 0 && window > TimeSpan.FromSeconds(5) ? now + (window / finished * left) : null;
    }

    private static float[] Finished(PhaseStory phase, TaskStory[] tasks, DateTimeOffset to)
    {
        var counts = new float[Slices];
        if (phase.StartedAt is not { } from || to <= from)
        {
            return counts;
        }

        foreach (var task in tasks)
        {
            if (task.EndedAt is { } ended)
            {
                counts[Math.Clamp((int)((ended - from) / (to - from) * Slices), 0, Slices - 1)]++;
            }
        }

        return counts;
    }
}
