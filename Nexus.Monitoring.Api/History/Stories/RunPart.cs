using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.History.Stories;

/// <summary>A part of a list of runs.</summary>
/// <param name="Runs">The one changed last first.</param>
/// <param name="Next">Runs before this are the next part; null at the end.</param>
internal sealed record RunPart(IReadOnlyList<RunState> Runs, LogPosition? Next);
