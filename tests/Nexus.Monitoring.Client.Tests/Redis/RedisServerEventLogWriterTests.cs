namespace Nexus.Monitoring.Client.Tests.Redis;

public sealed class RedisServerEventLogWriterTests() : EventLogWriterTests(isEmbedded: false);
