namespace Nexus.Coordinator.Sim.Coordination;

/// <summary>How a worker's life ended.</summary>
internal enum WorkerEnd
{
    /// <summary>It was asked to stop and left nothing behind.</summary>
    Stopped,

    /// <summary>It died with whatever it held.</summary>
    Crashed,

    /// <summary>Others had declared it lost, and it found out.</summary>
    Lost,
}
