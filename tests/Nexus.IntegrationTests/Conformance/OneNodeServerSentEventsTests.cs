using Nexus.IntegrationTests.Fixtures;
using Nexus.IntegrationTests.Transports;

namespace Nexus.IntegrationTests.Conformance;

public sealed class OneNodeServerSentEventsTests(OneNodeStack shared) : StreamConformance(shared, StreamTransports.ServerSentEvents);
