using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.Live;

/// <summary>Where the feed reads from. It makes one attempt at a time: when and how often to try again is the feed's business.</summary>
internal interface IFeedSource
{
    /// <summary>How things stand, to begin with.</summary>
    Task<LiveStateSnapshot> ReadStateAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Everything after <paramref name="after"/>, without end. Yields a frame as soon as it is connected. Throws when the
    /// connection is lost or silent for too long.
    /// </summary>
    IAsyncEnumerable<StreamFrame> ReadAsync(LogPosition after, CancellationToken cancellationToken);
}
