namespace Nexus.Monitoring.Client.Tests.Redis;

public sealed class EmbeddedExactlyOnceTests() : ExactlyOnceTests(isEmbedded: true);
