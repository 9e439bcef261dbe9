using Nexus.IntegrationTests.Fixtures;
using Nexus.IntegrationTests.Transports;

namespace Nexus.IntegrationTests.Conformance;

public sealed class OneNodeSignalRTests(OneNodeStack shared) : StreamConformance(shared, StreamTransports.SignalR);
