using Nexus.IntegrationTests.Fixtures;
using Nexus.IntegrationTests.Transports;

namespace Nexus.IntegrationTests.Conformance;

public sealed class WebSocketBatchTests(SharedStack shared) : StreamConformance(shared, StreamTransports.WebSocketBatch);
