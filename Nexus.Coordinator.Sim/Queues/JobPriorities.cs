using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Coordinator.Sim.Queues;

internal static class JobPriorities
{
    public static IReadOnlyList<JobPriority> All { get; } = [JobPriority.High, JobPriority.Normal, JobPriority.Low];

    /// <summary>As it stands in <c>queue</c> and at the end of the list's key.</summary>
    public static string WireName(this JobPriority priority) => priority switch
    {
        JobPriority.High => "high_priority",
        JobPriority.Normal => "normal_priority",
        _ => "low_priority",
    };

    public static string ListKey(this JobPriority priority) => priority switch
    {
        JobPriority.High => LogKeys.HighPriorityTasks,
        JobPriority.Normal => LogKeys.NormalPriorityTasks,
        _ => LogKeys.LowPriorityTasks,
    };
}
