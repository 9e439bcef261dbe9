using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Api.Watch;

/// <summary>A verdict that is to be appended.</summary>
/// <param name="Event">The event, complete but for its id, time and source.</param>
/// <param name="SilentWorker">The worker that must have no heartbeat key, if the verdict rests on its silence.</param>
internal readonly record struct PendingVerdict(MonitoringEvent Event, int? SilentWorker);
