namespace Nexus.Monitoring.Contracts.State;

/// <summary>How much a <see cref="LiveState"/> keeps. What goes over a limit is forgotten as <see cref="LiveState"/> describes.</summary>
public sealed record LiveStateLimits
{
    /// <summary>Tasks; about 600 bytes each.</summary>
    public int Tasks { get; init; } = 100_000;

    /// <summary>Runs, each with up to <see cref="PhasesPerRun"/> phases.</summary>
    public int Runs { get; init; } = 1_000;

    /// <summary>Phases of one run; further ones are counted in the run only.</summary>
    public int PhasesPerRun { get; init; } = 32;

    /// <summary>Workers.</summary>
    public int Workers { get; init; } = 10_000;

    /// <summary>Projects with figures of their own; the one silent longest is forgotten first.</summary>
    public int Projects { get; init; } = 32;

    /// <summary>Groups of errors; the one silent longest is forgotten first.</summary>
    public int ErrorGroups { get; init; } = 200;
}
