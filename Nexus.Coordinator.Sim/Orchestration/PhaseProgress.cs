namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>How far a phase is. Its total is known when it begins and never changes.</summary>
internal sealed class PhaseProgress(string name)
{
    public string Name => name;

    public bool IsOpen { get; private set; }

    public bool IsClosed { get; private set; }

    public int Total { get; private set; }

    public int Completed { get; private set; }

    public int Failed { get; private set; }

    public bool IsFinished => IsOpen && Completed + Failed == Total;

    /// <summary>One failure is an accident; more, and more than a quarter, means that what follows would stand on sand.</summary>
    public bool HasFailed => Failed > 1 && Failed * 4 > Total;

    public void Open(int total) => (IsOpen, Total) = (true, total);

    public void Close() => (IsOpen, IsClosed) = (false, true);

    public void Count(bool success)
    {
        if (success)
        {
            Completed++;
        }
        else
        {
            Failed++;
        }
    }
}
