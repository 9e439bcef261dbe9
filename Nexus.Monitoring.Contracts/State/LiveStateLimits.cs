namespace Nexus.Monitoring.Contracts.State;

/// <summary>
/// How much a <see cref="LiveState"/> keeps. What goes over a limit is forgotten: what ended first goes first, what is open only when nothing
/// has ended, and then it is counted. With these limits full and every task orphaned a state has less than 600 MB (64-bit, messages of 60 characters); with
/// texts of <see cref="TextLength"/> in every task less than 1.4 GB.
/// </summary>
public sealed record LiveStateLimits
{
    /// <summary>
    /// Characters of a message, an error or a name in the state; what is longer is cut and ends in an ellipsis. The log and the history have all of it.
    /// </summary>
    public const int TextLength = 200;

    /// <summary>Tasks, open and ended; about 500 bytes each with a message of 60 characters.</summary>
    public int Tasks { get; init; } = 1_000_000;

    /// <summary>Tasks among them that have ended.</summary>
    public int EndedTasks { get; init; } = 100_000;

    /// <summary>Runs, each with up to <see cref="PhasesPerRun"/> phases.</summary>
    public int Runs { get; init; } = 1_000;

    /// <summary>Phases of one run; further ones are counted in the run only.</summary>
    public int PhasesPerRun { get; init; } = 32;

    /// <summary>Workers.</summary>
    public int Workers { get; init; } = 10_000;

    /// <summary>Projects with counts of their own; the one silent longest is forgotten first.</summary>
    public int Projects { get; init; } = 1_000;

    /// <summary>Projects among them with a series of their own, the ones heard of last; up to 700 KB each.</summary>
    public int ProjectSeries { get; init; } = 32;

    /// <summary>Processes that send events; the one silent longest is forgotten first.</summary>
    public int Sources { get; init; } = 2_000;

    /// <summary>Events before an event among which its id is looked for, to pass over what a producer sent twice.</summary>
    public int RecentEvents { get; init; } = 16_384;

    /// <summary>Groups of errors; the one silent longest is forgotten first.</summary>
    public int ErrorGroups { get; init; } = 200;
}
