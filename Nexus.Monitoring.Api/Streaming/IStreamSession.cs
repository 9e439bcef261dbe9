using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>One client's stream, as those see it who carry it.</summary>
internal interface IStreamSession
{
    /// <summary>Everything that matches up to here has been given to the transport: the cursor to come back with.</summary>
    LogPosition Position { get; }

    /// <summary>Runs until the client is gone, stalls, or the node stops. What the sink throws is passed on.</summary>
    Task<SessionEnd> RunAsync(CancellationToken cancellationToken);

    /// <summary>Hands over what the client asks; completes when there is room for the next.</summary>
    Task PostAsync(ClientCommand command);

    /// <summary>Tells the session that its client is gone.</summary>
    void End();
}
