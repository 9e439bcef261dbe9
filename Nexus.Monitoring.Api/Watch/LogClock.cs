using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Watch;

/// <summary>One look at the log's own clock.</summary>
/// <param name="Now">What time it is where the log is.</param>
/// <param name="Last">The last position given out when the clock was read, or before.</param>
internal readonly record struct LogClock(DateTimeOffset Now, LogPosition Last);
