using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Web.Formatting;

/// <summary>Kinds of failure in words.</summary>
internal static class FailureWords
{
    /// <summary>For example <c>timed out</c>; a kind of a producer's own as it came, null for an error like any other, which needs no word.</summary>
    public static string? Of(string? kind) => kind switch
    {
        null or "" or FailureKinds.Error => null,
        FailureKinds.TimedOut => "timed out",
        FailureKinds.NeverStarted => "never started",
        _ => kind.Replace('_', ' '),
    };
}
