using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Work;

namespace Nexus.Coordinator.Sim.Tests.Fixtures;

/// <summary>Jobs of which a test names only what it is about.</summary>
internal static class Jobs
{
    private static int _number;

    public static Job New(
        string run = "run1", JobPriority priority = JobPriority.Normal, string type = TaskTypes.Search, string coordinator = "here") => new()
        {
            TaskId = $"task{Interlocked.Increment(ref _number)}",
            ParentTaskId = run,
            ProjectId = "market-atlas",
            Phase = "search",
            TaskType = type,
            Priority = priority,
            Message = "web search: sustainability reports",
            Coordinator = coordinator,
        };
}
