namespace Nexus.Monitoring.Contracts.State;

/// <summary>Why a worker's task is held by nobody alive.</summary>
public static class VerdictReasons
{
    /// <summary>The worker gave no sign of life for the time to live.</summary>
    public const string Silent = "silent";

    /// <summary>The worker stopped in good order, but never ended the task.</summary>
    public const string Stopped = "stopped";

    /// <summary>A worker began under the same id, and the one before never ended the task.</summary>
    public const string Restarted = "restarted";
}
