namespace Nexus.Monitoring.Contracts.Events;

/// <summary>
/// The values of <c>failure_kind</c> that Nexus itself uses, to tell failures apart that all have the status <c>failed</c>. The set is open. Where an
/// event does not say, the state infers <see cref="NeverStarted"/> and <see cref="Orphaned"/>, else it is an <see cref="Error"/>.
/// </summary>
public static class FailureKinds
{
    /// <summary>The work itself ended with an error.</summary>
    public const string Error = "error";

    /// <summary>The work took longer than it was given.</summary>
    public const string TimedOut = "timed_out";

    /// <summary>Given up after its worker was lost.</summary>
    public const string Orphaned = "orphaned";

    /// <summary>Given up before any attempt began.</summary>
    public const string NeverStarted = "never_started";
}
