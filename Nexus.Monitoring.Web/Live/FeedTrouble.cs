namespace Nexus.Monitoring.Web.Live;

/// <summary>The state could not be read; until it can, there is nothing to fold events into.</summary>
internal sealed record FeedTrouble(int Attempt, DateTimeOffset NextTryAt, string Problem);
