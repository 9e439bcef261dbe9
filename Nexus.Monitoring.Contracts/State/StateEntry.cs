namespace Nexus.Monitoring.Contracts.State;

/// <summary>Something that the state keeps one of a kind of, and forgets when its table is full.</summary>
public abstract class StateEntry
{
    internal StateEntry? Older { get; set; }

    internal StateEntry? Newer { get; set; }

    internal StateList? List { get; set; }
}
