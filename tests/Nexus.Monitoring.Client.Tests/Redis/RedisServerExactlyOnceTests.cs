namespace Nexus.Monitoring.Client.Tests.Redis;

public sealed class RedisServerExactlyOnceTests() : ExactlyOnceTests(isEmbedded: false);
