namespace Nexus.Monitoring.Api.TimeMachine.Checkpoints;

/// <summary>What is about to be folded into a checkpoint.</summary>
/// <param name="Ids">The tasks it is about.</param>
/// <param name="Events">How many events; each may end a task, and so make the state forget one that ended long ago.</param>
internal sealed record TouchedTasks(IReadOnlySet<string> Ids, long Events);
