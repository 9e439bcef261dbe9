namespace Nexus.Monitoring.Api.TimeMachine;

/// <summary>An instant cannot be shown; the message is a sentence for people.</summary>
internal sealed class InstantAwayException(InstantAway reason, string message) : Exception(message)
{
    public InstantAway Reason => reason;
}
