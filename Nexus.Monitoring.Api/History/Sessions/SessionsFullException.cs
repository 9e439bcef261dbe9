namespace Nexus.Monitoring.Api.History.Sessions;

/// <summary>There is no room for another imported session; the message is a sentence for people.</summary>
internal sealed class SessionsFullException(string message, Exception? inner = null) : Exception(message, inner);
