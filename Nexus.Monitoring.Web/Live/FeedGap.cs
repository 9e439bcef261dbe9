using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.Monitoring.Web.Live;

/// <summary>Events that will not come, said to everyone who looks.</summary>
public sealed record FeedGap(GapFrame Frame, DateTimeOffset SeenAt);
