using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>What a client asks of a running session.</summary>
/// <param name="Filter">The new filter; null when that is not what is asked.</param>
/// <param name="FilterProblem">Why the new filter was refused.</param>
/// <param name="Replay">What is asked of a replay; null when that is not what is asked.</param>
/// <remarks>With none, the client wants a pong.</remarks>
internal sealed record ClientCommand(EventFilter? Filter = null, string? FilterProblem = null, ReplayCommand? Replay = null)
{
    public static ClientCommand Ping { get; } = new();
}
