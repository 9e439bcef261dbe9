using Nexus.Monitoring.Contracts.History;
namespace Nexus.Monitoring.Api.History.Stories;

/// <summary>
/// What a run waited for, from its end back to its beginning: the attempt that ended last, before it the one that ended last before that
/// one was ready, and so on. Time in no step is time in which none of its tasks was at work or in a queue.
/// </summary>
internal static class CriticalPath
{
    public static IReadOnlyList<CriticalStep> Find(RunRecord run)
    {
        var ended = run.Attempts.Where(attempt => attempt is { EndedAt: not null, StartedAt: not null }).OrderBy(attempt =>
            attempt.EndedAt).ToList();
        var steps = new List<CriticalStep>();
        for (var i = ended.Count - 1; i >= 0;)
        {
            var attempt = ended[i];
            var ready = Ready(run, attempt);
            steps.Add(new CriticalStep(attempt, ready, Milliseconds(ready, attempt.StartedAt!.Value),
                Milliseconds(attempt.StartedAt.Value, attempt.EndedAt!.Value)));
            do
            {
                i--;
            }
            while (i >= 0 && ended[i].EndedAt > ready);
        }

        steps.Reverse();
        return steps;
    }

    /// <summary>When nothing but a worker was missing.</summary>
    private static DateTimeOffset Ready(RunRecord run, Attempt attempt)
    {
        var started = attempt.StartedAt!.Value;
        var ready = attempt.WaitMs is { } wait ? started.AddMilliseconds(-wait)
            : attempt.Number == 1 && run.Enqueued.TryGetValue(attempt.TaskId, out var enqueued) ? enqueued
            : started;
        return ready < started ? ready : started;
    }

    private static long Milliseconds(DateTimeOffset from, DateTimeOffset to) => Math.Max(0, (long)(to - from).TotalMilliseconds);
}
