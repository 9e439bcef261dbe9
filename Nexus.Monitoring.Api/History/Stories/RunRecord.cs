using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.History.Stories;

/// <summary>What history knows of a run.</summary>
/// <param name="State">How it stands at its last event that was looked at; null when no event tells of it itself.</param>
/// <param name="Attempts">The attempts at its tasks, in the order in which they began.</param>
/// <param name="IsComplete">Whether all of its events were looked at.</param>
internal sealed record RunRecord(RunState? State, IReadOnlyList<Attempt> Attempts, bool IsComplete);
