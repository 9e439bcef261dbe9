using System.Diagnostics;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>
/// What a caller leaves in the buffer. The activity's ids never change once it has started, so reading them can wait for the sender.
/// </summary>
/// <param name="Sequence">Counts the publisher's events from 1; gives the order over both classes of the buffer.</param>
/// <param name="Event">As the caller gave it.</param>
/// <param name="Activity">The caller's activity.</param>
internal readonly record struct PendingEvent(long Sequence, MonitoringEvent Event, Activity? Activity);
