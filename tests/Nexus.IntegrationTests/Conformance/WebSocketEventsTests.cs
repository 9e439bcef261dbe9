using Nexus.IntegrationTests.Fixtures;
using Nexus.IntegrationTests.Transports;

namespace Nexus.IntegrationTests.Conformance;

public sealed class WebSocketEventsTests(SharedStack shared) : StreamConformance(shared, StreamTransports.WebSocketEvents);
