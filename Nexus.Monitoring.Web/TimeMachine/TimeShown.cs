using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.TimeMachine;

/// <summary>The past as it is on the screen.</summary>
/// <param name="State">How things stood.</param>
/// <param name="At">When.</param>
internal sealed record TimeShown(FeedState State, DateTimeOffset At);
