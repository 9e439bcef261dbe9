using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Tasks;

/// <summary>A part of a sorted list of the tasks that have ended.</summary>
/// <param name="Query">What the event that ended a task has to match.</param>
/// <param name="Range">Where that event is.</param>
/// <param name="EndTypes">Which ends: <c>task_completed</c>, <c>task_failed</c>, <c>task_cancelled</c>.</param>
/// <param name="Order">How the list is sorted.</param>
/// <param name="After">The last task of the part before; null for the first part.</param>
/// <param name="Limit">Most tasks.</param>
/// <param name="Now">What relative times of the query refer to.</param>
internal sealed record TaskQuestion(
    EventQuery Query, HistoryRange Range, IReadOnlyList<string> EndTypes, TaskOrder Order, TaskPlace? After, int Limit, DateTimeOffset Now)
{
    /// <summary>Tasks of the part that are passed over, and not counted among <see cref="Limit"/>.</summary>
    public long Skip { get; init; }
}
