using System.Diagnostics;

namespace Nexus.Monitoring.Client.Scopes;

/// <summary>What is known of a task, or of one attempt at it, when it begins.</summary>
public sealed record TaskDetails
{
    /// <summary>Unique id of the task, the same for all attempts. Required, not empty.</summary>
    public required string TaskId { get; init; }

    /// <summary>The run it belongs to; a task without one stands for itself.</summary>
    public string? RunId { get; init; }

    /// <summary>The project it works for.</summary>
    public string? ProjectId { get; init; }

    /// <summary>What kind of work it is, for example <c>summarization</c>.</summary>
    public string? TaskType { get; init; }

    /// <summary>The phase of the run.</summary>
    public string? Phase { get; init; }

    /// <summary>One line for people.</summary>
    public string? Message { get; init; }

    /// <summary>The worker that has it; unique over all processes that share a log.</summary>
    public int? WorkerId { get; init; }

    /// <summary>Attempts that failed before this one; 0 for the first.</summary>
    public int RetryCount { get; init; }

    /// <summary>The queue in which it waits, for its spans only: <c>messaging.destination.name</c>.</summary>
    public string? Queue { get; init; }

    /// <summary>What kind of queue that is, in OpenTelemetry's words: <c>messaging.system</c>. Default <c>redis</c>.</summary>
    public string QueueSystem { get; init; } = "redis";

    /// <summary>
    /// The activity that it belongs under: where it was queued, see <see cref="ScopeExtensions.EnqueueTask"/>. Default:
    /// <see cref="Activity.Current"/>.
    /// </summary>
    public ActivityContext? Parent { get; init; }

    /// <summary><see cref="Parent"/> from the W3C <c>traceparent</c> that came with a job; null, empty or malformed means none.</summary>
    public TaskDetails WithParent(string? traceParent) =>
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent) ? this with { Parent = parent } : this;
}
