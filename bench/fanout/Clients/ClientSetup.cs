using System.Net;
using Nexus.Fanout.Protocols;

namespace Nexus.Fanout.Clients;

/// <summary>What all clients of a run have in common.</summary>
internal sealed record ClientSetup
{
    public required IPEndPoint Server { get; init; }

    public required ClientProtocol Protocol { get; init; }

    public required int Clients { get; init; }

    /// <summary>The first so many never read once they have their stream.</summary>
    public required int Frozen { get; init; }

    public required MarkScanner Scanner { get; init; }
}
