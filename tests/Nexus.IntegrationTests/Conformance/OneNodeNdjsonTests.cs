using Nexus.IntegrationTests.Fixtures;
using Nexus.IntegrationTests.Transports;

namespace Nexus.IntegrationTests.Conformance;

public sealed class OneNodeNdjsonTests(OneNodeStack shared) : StreamConformance(shared, StreamTransports.Ndjson);
