namespace Nexus.Monitoring.Client.Tests.Redis;

public sealed class EmbeddedEventLogWriterTests() : EventLogWriterTests(isEmbedded: true);
