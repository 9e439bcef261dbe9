using Nexus.IntegrationTests.Fixtures;
using Nexus.IntegrationTests.Transports;

namespace Nexus.IntegrationTests.Conformance;

public sealed class SignalRTests(SharedStack shared) : StreamConformance(shared, StreamTransports.SignalR);
