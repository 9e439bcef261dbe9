using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Tasks;

/// <summary>Where a task stands in a sorted list; no two have the same.</summary>
/// <param name="Value">What the list is sorted by.</param>
/// <param name="Position">Of the last event about the task.</param>
internal readonly record struct TaskPlace(long Value, LogPosition Position) : IComparable<TaskPlace>
{
    public int CompareTo(TaskPlace other) => Value != other.Value ? Value.CompareTo(other.Value) : Position.CompareTo(other.Position);
}
