using Nexus.IntegrationTests.Fixtures;
using Nexus.IntegrationTests.Transports;

namespace Nexus.IntegrationTests.Conformance;

public sealed class NdjsonTests(SharedStack shared) : StreamConformance(shared, StreamTransports.Ndjson);
