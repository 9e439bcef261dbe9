using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Contracts.Stories;
using Nexus.Monitoring.Web.Board;
using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Stories;

/// <summary>What a task did, in words.</summary>
internal static class StoryWords
{
    /// <summary>For example <c>Attempt 2 on worker 5: 8.9 s, HTTP 429</c>.</summary>
    public static string Of(StorySpan span, DateTimeOffset now)
    {
        var took = Durations.Text(span.Duration(now));
        return span.Kind switch
        {
            SpanKind.Waiting => $"Waited {took}",
            SpanKind.BackOff => $"{took} between attempts",
            _ => $"{Name(span)}{(span.WorkerId is { } worker ? $" on worker {worker}" : "")}: {took}{(span.Error is { } error ? $", {error}" : "")}",
        };
    }

    /// <summary>For example <c>waiting</c>, <c>attempt 2</c>.</summary>
    public static string Name(StorySpan span) => span.Kind switch
    {
        SpanKind.Waiting => "waiting",
        SpanKind.BackOff => "retrying",
        _ => $"attempt {span.Attempt}",
    };

    public static WorkStatus Status(StorySpan span) => span switch
    {
        { Kind: SpanKind.Waiting } => WorkStatus.Pending,
        { Kind: SpanKind.BackOff } => WorkStatus.Retrying,
        { Outcome: EventStatuses.Completed } => WorkStatus.Completed,
        { Outcome: EventStatuses.Failed } => WorkStatus.Failed,
        { Outcome: EventStatuses.Orphaned } => WorkStatus.Orphaned,
        { Outcome: EventStatuses.Cancelled } => WorkStatus.Cancelled,
        _ => WorkStatus.Processing,
    };

    /// <summary>How an attempt went, for example <c>completed after all</c>: it had been said that nobody was at it.</summary>
    public static string Outcome(StorySpan span) => span switch
    {
        { LateOutcome: { } late } => $"{span.Outcome}, {late} too late",
        { RepairedAt: not null, Outcome: EventStatuses.Orphaned } => "orphaned again",
        { RepairedAt: not null, Outcome: { } outcome } => $"{outcome} after all",
        { RepairedAt: not null } => "running after all",
        _ => span.Outcome ?? "running",
    };

    /// <summary>Where its time went, in one sentence.</summary>
    public static string Sum(TaskStory task, DateTimeOffset now)
    {
        var (waited, ran) = (Durations.Text(task.Waited(now)), Durations.Text(task.Ran(now)));
        var last = task.Spans is [.., var span] ? span : null;
        return (task.Status, last) switch
        {
            (EventStatuses.Pending, { } waiting) => $"It has been in the queue for {Durations.Clock(waiting.Duration(now))}.",
            (EventStatuses.Retrying, { } between) =>
                $"Attempt {task.Attempts} failed {Durations.Clock(between.Duration(now))} ago; the next one has not begun.",
            (EventStatuses.Orphaned, _) => $"{Gone(task)} after {ran} of work; nobody is at it.",
            _ => $"It waited {waited} and ran {ran} in {Numbers.Plural(task.Attempts, "attempt", "attempts")}{(task.EndedAt is null ? " so far" : "")}.",
        };
    }

    private static string Gone(TaskStory task) => task.Evidence?.Reason switch
    {
        VerdictReasons.Silent => "Its worker was lost",
        VerdictReasons.Stopped => "Its worker stopped",
        VerdictReasons.Restarted => "Its worker began anew",
        _ => "It was said to be orphaned",
    };
}
