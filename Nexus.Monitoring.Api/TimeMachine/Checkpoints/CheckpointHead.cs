using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine.Checkpoints;

/// <summary>What is known of a part of a checkpoint without reading it.</summary>
/// <param name="Begins">Of a core, where folding began; of a segment, the one before it.</param>
/// <param name="Needs">Of a core, segments that end before this are not needed.</param>
internal readonly record struct CheckpointHead(LogPosition Begins, LogPosition Needs);
