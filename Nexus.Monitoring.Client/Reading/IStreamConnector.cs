using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>Makes connections to the stream.</summary>
internal interface IStreamConnector
{
    /// <summary>Connects and subscribes.</summary>
    /// <param name="filter">What is wanted.</param>
    /// <param name="cursor">What the reader has already.</param>
    /// <param name="onFrame">Called for each frame, one after the other; must not block.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="Exception">Whatever the transport throws when it cannot.</exception>
    Task<IStreamConnection> ConnectAsync(
        EventFilter filter, LogPosition? cursor, Action<StreamFrame> onFrame, CancellationToken cancellationToken);
}
