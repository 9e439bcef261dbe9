using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.TimeMachine;

/// <summary>Where the past comes from; each call is one attempt.</summary>
internal interface ITimeSource
{
    Task<LiveStateSnapshot> ReadStateAsync(TimeAddress at, CancellationToken cancellationToken);

    /// <summary>The newest events up to and including a position, also those that only the history has.</summary>
    Task<EventsFrame> ReadBackAsync(LogPosition upto, int limit, CancellationToken cancellationToken);

    /// <summary>The first event after a position; null when there is none.</summary>
    Task<LogPosition?> NextAsync(LogPosition after, CancellationToken cancellationToken);

    Task<ITimeReplay> ReplayAsync(LogPosition after, double speed, CancellationToken cancellationToken);
}
