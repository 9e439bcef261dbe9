namespace Nexus.Monitoring.Api.Streaming;

/// <summary>The log does not answer; the message is a sentence for people. Trying again later can help.</summary>
internal sealed class LogAwayException(string message, Exception? innerException = null) : Exception(message, innerException);
