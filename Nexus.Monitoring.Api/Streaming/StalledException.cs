namespace Nexus.Monitoring.Api.Streaming;

/// <summary>A client did not take a message in time.</summary>
internal sealed class StalledException : Exception;
