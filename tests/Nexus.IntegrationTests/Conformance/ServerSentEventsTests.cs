using Nexus.IntegrationTests.Fixtures;
using Nexus.IntegrationTests.Transports;

namespace Nexus.IntegrationTests.Conformance;

public sealed class ServerSentEventsTests(SharedStack shared) : StreamConformance(shared, StreamTransports.ServerSentEvents);
