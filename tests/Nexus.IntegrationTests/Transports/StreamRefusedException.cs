namespace Nexus.IntegrationTests.Transports;

/// <summary>A node answered, and did not open the stream.</summary>
public sealed class StreamRefusedException(string message, Exception? innerException = null) : Exception(message, innerException);
