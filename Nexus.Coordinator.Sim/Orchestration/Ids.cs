namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>Short ids for people to read out: runs are few, tasks many, so these get more digits.</summary>
internal static class Ids
{
    public static string NewRun() => Guid.NewGuid().ToString("n")[..8];

    public static string NewTask() => Guid.NewGuid().ToString("n")[..12];
}
