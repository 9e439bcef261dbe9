using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Stories;

namespace Nexus.Monitoring.Api.History.Stories;

/// <summary>The attempts that stories tell of.</summary>
internal static class StoryAttempts
{
    /// <summary>All attempts at the tasks of a run, in the order in which they began.</summary>
    public static IReadOnlyList<Attempt> Of(RunStory run) => [.. run.Tasks.SelectMany(Of).OrderBy(attempt => attempt.StartedAt)];

    public static IEnumerable<Attempt> Of(TaskStory task)
    {
        long? waited = null;
        for (var i = 0; i < task.Spans.Count; i++)
        {
            var span = task.Spans[i];
            if (span.Kind != SpanKind.Attempt)
            {
                waited = (waited ?? 0) + Milliseconds(span);
                continue;
            }

            var isRepeated = i + 1 < task.Spans.Count && task.Spans[i + 1].Kind == SpanKind.BackOff;
            yield return new Attempt(
                task.TaskId, task.TaskType, task.Phase, span.Attempt, span.WorkerId, waited, span.From, span.To,
                span.To is null ? null : span.MeasuredMs ?? Milliseconds(span),
                isRepeated ? EventStatuses.Retrying : span.Outcome ?? EventStatuses.Processing, span.Error, span.TraceId);
            waited = null;
        }
    }

    private static long Milliseconds(StorySpan span) => (long)span.Duration(span.To ?? span.From).TotalMilliseconds;
}
