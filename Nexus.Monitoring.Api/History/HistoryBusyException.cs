namespace Nexus.Monitoring.Api.History;

/// <summary>As many exports or imports are under way as may be; the message is a sentence for people. Trying again later helps.</summary>
internal sealed class HistoryBusyException(string message) : Exception(message);
