using Nexus.Monitoring.Api.TimeMachine.Checkpoints;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine;

/// <summary>From where an instant is folded.</summary>
/// <param name="Checkpoint">The nearest one before it; null when there is none.</param>
/// <param name="Since">Where folding began.</param>
/// <param name="Events">How many the history has from there to the instant.</param>
/// <param name="Pages">Those events; none where they are too many to be held.</param>
internal sealed record JumpWay(Checkpoint? Checkpoint, LogPosition Since, long Events, IReadOnlyList<DecodedPage> Pages)
{
    /// <summary>Null where that is not known.</summary>
    public TouchedTasks? Touched { get; } = Pages.Count == 0 ? null : new TouchedTasks(
        Pages.SelectMany(page => page.Events).Select(one => one?.TaskId).OfType<string>().ToHashSet(StringComparer.Ordinal), Events);
}
