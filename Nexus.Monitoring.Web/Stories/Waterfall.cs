using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Stories;
using Nexus.Monitoring.Web.Board;
using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Stories;

/// <summary>The tasks of a run over time, phase by phase.</summary>
internal static class Waterfall
{
    public const int Lanes = 5;

    /// <summary>Rows of one phase, so that a page stays a page.</summary>
    private const int MaxNotable = 12;

    private const int MaxAll = 300;
    private const int MaxStrip = 500;
    private const int Slowest = 2;

    public static IReadOnlyList<WaterfallSection> Of(
        RunStory story, TimeScale scale, bool onlyNotable, string? selected, DateTimeOffset now, IReadOnlyCollection<string>? critical = null)
    {
        var byPhase = story.Tasks.ToLookup(task => task.Phase);
        var sections = story.Phases
            .Select(phase => Section(phase.Name, StatusNames.Parse(phase.Status), [.. byPhase[phase.Name]], scale, onlyNotable, selected, now, critical ?? []))
            .ToList();
        if (byPhase.Contains(null))
        {
            sections.Add(Section(null, WorkStatus.Info, [.. byPhase[null]], scale, onlyNotable, selected, now, critical ?? []));
        }

        return sections;
    }

    private static WaterfallSection Section(
        string? phase, WorkStatus status, TaskStory[] tasks, TimeScale scale, bool onlyNotable, string? selected, DateTimeOffset now,
        IReadOnlyCollection<string> critical)
    {
        var inView = tasks.Where(task => task.Spans.Count > 0 && scale.Shows(task.FirstAt, task.EndedAt ?? now)).ToList();
        var notable = onlyNotable ? Notable(inView, now) : inView;
        var rows = notable.Take(onlyNotable ? MaxNotable : MaxAll).ToList();
        // The path is a path only when none of it is folded away.
        rows.AddRange(inView.Where(task => critical.Contains(task.TaskId)).Except(rows).TakeLast(MaxNotable));
        if (inView.Find(task => task.TaskId == selected) is { } chosen && !rows.Contains(chosen))
        {
            rows.Add(chosen);
        }

        rows.Sort((one, other) => one.FirstAt.CompareTo(other.FirstAt));
        var shown = rows.ToHashSet();
        var others = inView.Where(task => !shown.Contains(task)).ToList();
        return new WaterfallSection
        {
            Phase = phase,
            Status = status,
            Summary = Summary(tasks),
            Rows = rows,
            Folded = others.Count,
            Strip = Strip(others, scale, now),
        };
    }

    /// <summary>What someone may have to look at, most pressing first: lost, failed, under way, repeated, slowest.</summary>
    private static List<TaskStory> Notable(List<TaskStory> tasks, DateTimeOffset now)
    {
        var slowest = tasks.Where(task => task.Status == EventStatuses.Completed).OrderByDescending(task => task.Ran(now)).Take(Slowest).ToHashSet();
        return
        [
            .. tasks.Select(task => (Task: task, Weight: Weight(task, slowest)))
                .Where(entry => entry.Weight > 0)
                .OrderByDescending(entry => entry.Weight)
                .ThenByDescending(entry => entry.Task.FirstAt)
                .Select(entry => entry.Task),
        ];
    }

    private static int Weight(TaskStory task, HashSet<TaskStory> slowest) => task.Status switch
    {
        EventStatuses.Orphaned => 6,
        EventStatuses.Failed => 5,
        EventStatuses.Retrying => 4,
        EventStatuses.Processing => 3,
        EventStatuses.Completed when task.Attempts > 1 => 2,
        _ => slowest.Contains(task) ? 1 : 0,
    };

    private static string Summary(TaskStory[] tasks)
    {
        var counts = tasks.CountBy(task => task.Status).ToDictionary();
        var words = new List<string> { Numbers.Plural(tasks.Length, "task", "tasks") };
        Add(EventStatuses.Completed, "done");
        Add(EventStatuses.Pending, "waiting");
        Add(EventStatuses.Processing, "running");
        Add(EventStatuses.Retrying, "between attempts");
        Add(EventStatuses.Failed, "failed");
        Add(EventStatuses.Cancelled, "cancelled");
        Add(EventStatuses.Orphaned, "orphaned");
        return string.Join(", ", words);

        void Add(string status, string word)
        {
            if (counts.GetValueOrDefault(status) is > 0 and var count)
            {
                words.Add($"{Numbers.Whole(count)} {word}");
            }
        }
    }

    private static List<(int Lane, StorySpan Span, string? TaskType)> Strip(List<TaskStory> tasks, TimeScale scale, DateTimeOffset now)
    {
        var attempts = tasks
            .SelectMany(task => task.Spans.Where(span => span.Kind == SpanKind.Attempt && scale.Shows(span.From, span.To ?? now)).Select(span => (Span: span, task.TaskType)))
            .OrderBy(entry => entry.Span.From)
            .ToList();
        var step = Math.Max(1, (attempts.Count + MaxStrip - 1) / MaxStrip);
        var free = new DateTimeOffset[Lanes];
        var strip = new List<(int, StorySpan, string?)>();
        for (var i = 0; i < attempts.Count; i += step)
        {
            var (span, type) = attempts[i];
            var lane = Array.FindIndex(free, until => until <= span.From);
            lane = lane < 0 ? Array.IndexOf(free, free.Min()) : lane;
            free[lane] = span.To ?? now;
            strip.Add((lane, span, type));
        }

        return strip;
    }
}
