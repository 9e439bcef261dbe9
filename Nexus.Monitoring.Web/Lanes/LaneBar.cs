namespace Nexus.Monitoring.Web.Lanes;

/// <summary>A piece of a lane: an attempt, several short ones together, or silence. Times are the log's.</summary>
/// <param name="WorkerId">Whose lane.</param>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends; of what goes on, the moment that is shown.</param>
/// <param name="TaskType">Kind of work, its colour.</param>
/// <param name="TaskId">The task; null for several.</param>
/// <param name="Attempts">How many attempts it stands for.</param>
/// <param name="Marks">What is special about it.</param>
public readonly record struct LaneBar(
    int WorkerId, DateTimeOffset From, DateTimeOffset To, string? TaskType, string? TaskId, int Attempts = 1, LaneMark Marks = LaneMark.None)
{
    public TimeSpan Length => To - From;
}
