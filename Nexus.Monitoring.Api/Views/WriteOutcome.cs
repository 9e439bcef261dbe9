namespace Nexus.Monitoring.Api.Views;

internal enum WriteOutcome
{
    Done,

    /// <summary>There is no such document.</summary>
    Missing,

    /// <summary>It is not what the writer believes it to be.</summary>
    Changed,

    /// <summary>There are as many as there may be.</summary>
    Full,
}
