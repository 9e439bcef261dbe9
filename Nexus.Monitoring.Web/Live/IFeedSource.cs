using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.Live;

/// <summary>Where the feed reads from. It reconnects by itself and says how that goes.</summary>
internal interface IFeedSource
{
    StreamConnectionState Connection { get; }

    /// <summary>Makes a waiting reader try now.</summary>
    void TryNow();

    /// <summary>How things stand; one attempt.</summary>
    Task<LiveStateSnapshot> ReadStateAsync(CancellationToken cancellationToken);

    /// <summary>The newest events up to and including <paramref name="upto"/>; one attempt.</summary>
    Task<EventsFrame> ReadBackAsync(LogPosition upto, CancellationToken cancellationToken);

    /// <summary>Everything after <paramref name="after"/>, in order, without duplicates, over as many connections as it takes.</summary>
    IAsyncEnumerable<StreamFrame> ReadAsync(LogPosition after, CancellationToken cancellationToken);
}
