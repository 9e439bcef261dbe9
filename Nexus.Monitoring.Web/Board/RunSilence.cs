using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.Board;

/// <summary>
/// A run that has not ended and of which nothing was heard for a while, although none of its tasks waits for a worker or is with one: only what
/// drives it could go on, and that may be gone.
/// </summary>
internal static class RunSilence
{
    /// <summary>What that means, for whoever asks.</summary>
    public const string Meaning = "It has not ended, none of its tasks waits for a worker, and none is with one.";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>When it was last heard of; null when it is not silent.</summary>
    public static DateTimeOffset? Since(RunState run, DateTimeOffset now) =>
        run.HasEnded ? null : Since(run.Tasks.Pending + run.Tasks.Processing + run.Tasks.Retrying, run.UpdatedAt, now);

    /// <summary>The same of a run that has not ended.</summary>
    /// <param name="inHand">How many of its tasks wait for a worker, or are with one.</param>
    /// <param name="heardAt">When it was last heard of.</param>
    /// <param name="now">The log's time.</param>
    public static DateTimeOffset? Since(long inHand, DateTimeOffset heardAt, DateTimeOffset now) => inHand == 0 && now - heardAt > Limit ? heardAt : null;
}
