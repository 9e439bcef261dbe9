using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine.Checkpoints;

/// <summary>A state that was put away.</summary>
/// <param name="Position">Everything up to here is in it.</param>
/// <param name="Since">Where folding began.</param>
internal readonly record struct Checkpoint(LogPosition Position, LogPosition Since);
