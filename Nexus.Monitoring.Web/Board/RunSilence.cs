using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.Board;

/// <summary>
/// A run that has not ended and of which nothing was heard for a while, although none of its tasks waits for a worker or is with one: only what
/// drives it could go on, and that may be gone.
/// </summary>
internal static class RunSilence
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>When it was last heard of; null when it is not silent.</summary>
    public static DateTimeOffset? Since(RunState run, DateTimeOffset now) =>
        !run.HasEnded && run.Tasks is { Pending: 0, Processing: 0, Retrying: 0 } && now - run.UpdatedAt > Limit ? run.UpdatedAt : null;
}
