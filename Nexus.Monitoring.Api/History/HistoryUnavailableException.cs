namespace Nexus.Monitoring.Api.History;

/// <summary>History cannot be read or written; the message is a sentence for people.</summary>
internal sealed class HistoryUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
