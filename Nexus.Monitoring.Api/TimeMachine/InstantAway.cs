namespace Nexus.Monitoring.Api.TimeMachine;

/// <summary>Why an instant cannot be shown.</summary>
internal enum InstantAway
{
    /// <summary>It lies before what is kept.</summary>
    Before,

    /// <summary>It can be shown later: checkpoints are being built.</summary>
    NotYet,
}
