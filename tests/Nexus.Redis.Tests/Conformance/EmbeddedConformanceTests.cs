namespace Nexus.Redis.Tests.Conformance;

public sealed class EmbeddedConformanceTests(EmbeddedServer server) : RedisConformance(server), IClassFixture<EmbeddedServer>;
