namespace Nexus.Redis.Tests.Conformance;

public sealed class RealConformanceTests(RealServer server) : RedisConformance(server), IClassFixture<RealServer>;
