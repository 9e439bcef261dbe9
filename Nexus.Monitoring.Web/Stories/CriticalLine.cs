using Nexus.Monitoring.Contracts.Stories;

namespace Nexus.Monitoring.Web.Stories;

/// <summary>From one row of the waterfall to another: down where the one ended, then on to where the other began. Heights in pixels.</summary>
/// <param name="Ended">When the earlier attempt ended.</param>
/// <param name="Began">When the later one was ready or began.</param>
/// <param name="Top">Middle of the earlier row.</param>
/// <param name="Bottom">Middle of the later row.</param>
internal sealed record CriticalLine(DateTimeOffset Ended, DateTimeOffset Began, int Top, int Bottom)
{
    private const int HeadHeight = 28;
    private const int StripHeight = 34;
    private const int RowHeight = 26;

    /// <summary>Between those of the path's tasks that have a row; the heights are those of runs.css.</summary>
    public static IReadOnlyList<CriticalLine> Of(IReadOnlyList<WaterfallSection> sections, IReadOnlyList<string> path, TimeScale scale)
    {
        var places = new Dictionary<string, (TaskStory Task, int Middle)>(StringComparer.Ordinal);
        var y = 0;
        foreach (var section in sections)
        {
            y += HeadHeight + (section.Folded > 0 ? StripHeight : 0);
            foreach (var task in section.Rows)
            {
                places[task.TaskId] = (task, y + (RowHeight / 2));
                y += RowHeight;
            }
        }

        var lines = new List<CriticalLine>();
        (TaskStory Task, int Middle)? before = null;
        foreach (var id in path)
        {
            if (!places.TryGetValue(id, out var place))
            {
                continue;
            }

            if (before is { Task.EndedAt: { } ended } last && last.Task != place.Task && LastBegan(place.Task) is { } began
                && scale.Shows(ended < began ? ended : began, began))
            {
                lines.Add(new CriticalLine(ended, began, last.Middle, place.Middle));
            }

            before = place;
        }

        return lines;
    }

    private static DateTimeOffset? LastBegan(TaskStory task) => task.Spans.LastOrDefault(span => span.Kind == SpanKind.Attempt)?.From;
}
