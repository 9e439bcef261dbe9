using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.History.Stories;

/// <summary>What history knows of a run.</summary>
/// <param name="Attempts">The attempts at its tasks, in the order in which they began.</param>
/// <param name="IsComplete">Whether these are all.</param>
/// <param name="Milestones">The events of the run itself and of its phases.</param>
/// <param name="Enqueued">When each task was first put into a queue.</param>
internal sealed record RunRecord(
    IReadOnlyList<Attempt> Attempts, bool IsComplete, IReadOnlyList<LogEntry> Milestones, IReadOnlyDictionary<string,
        DateTimeOffset> Enqueued);
