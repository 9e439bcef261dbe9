using Nexus.IntegrationTests.Fixtures;
using Nexus.IntegrationTests.Transports;

namespace Nexus.IntegrationTests.Conformance;

public sealed class OneNodeWebSocketBatchTests(OneNodeStack shared) : StreamConformance(shared, StreamTransports.WebSocketBatch);
