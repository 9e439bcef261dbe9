using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.History.Tasks;

/// <summary>By what a list of tasks is sorted.</summary>
/// <param name="Name">One of <see cref="Names"/>.</param>
/// <param name="IsAscending">The smallest, or what changed longest ago, first.</param>
internal readonly record struct TaskOrder(string Name, bool IsAscending)
{
    /// <summary>Comes last when the largest come first: it is not known.</summary>
    public const long Unknown = -1;

    public static IReadOnlyList<string> Names { get; } = ["changed", "finished", "waiting", "running", "duration"];

    /// <summary>What a stored end of a task is sorted by before its position, null for unknown; null where the position is all.</summary>
    public string? Column => Name switch
    {
        "waiting" => "wait_ms",
        "running" => "ran_ms",
        "duration" => "lived_ms",
        _ => null,
    };

    /// <summary>The same of a task in the live state; one that waits or runs does so up to <paramref name="now"/>, one that has not ended
    /// finishes after all others.</summary>
    public long ValueOf(TaskState task, DateTimeOffset now) => Name switch
    {
        "waiting" => Span(task.WaitingSince, now) ?? task.WaitMs ?? Unknown,
        "running" => (task.HasEnded || task.WaitingSince is not null ? task.DurationMs : Span(task.StartedAt, now)) ?? Unknown,
        "duration" => Span(task.EnqueuedAt ?? task.StartedAt, task.EndedAt ?? now) ?? Unknown,
        "finished" => task.HasEnded ? 0 : 1,
        _ => 0,
    };

    public int Compare(TaskPlace left, TaskPlace right) => (IsAscending ? 1 : -1) * left.CompareTo(right);

    private static long? Span(DateTimeOffset? from, DateTimeOffset to) =>
        from is { } began ? Math.Max(0, (long)(to - began).TotalMilliseconds) : null;
}
