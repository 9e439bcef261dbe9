using Nexus.IntegrationTests.Fixtures;
using Nexus.IntegrationTests.Transports;

namespace Nexus.IntegrationTests.Conformance;

public sealed class OneNodeWebSocketEventsTests(OneNodeStack shared) : StreamConformance(shared, StreamTransports.WebSocketEvents);
