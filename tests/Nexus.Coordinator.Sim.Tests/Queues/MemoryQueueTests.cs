using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Tests.Fixtures;

namespace Nexus.Coordinator.Sim.Tests.Queues;

public sealed class MemoryQueueTests : QueueSuite
{
    private readonly MemoryStore _store = new();

    public MemoryQueueTests() => (Here, There) = (Process("here"), Process("there"));

    private protected override QueueProcess Here { get; }

    private protected override QueueProcess There { get; }

    private protected override Task SilenceAsync(string name)
    {
        _store.Heartbeats.Remove(name);
        return Task.CompletedTask;
    }

    private QueueProcess Process(string name)
    {
        var id = new CoordinatorId(name);
        var registries = new MemoryRegistries(_store, id, new HeartbeatTiming(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)), TimeProvider.System);
        return new QueueProcess(name, new MemoryJobQueue(_store, id, TimeProvider.System), registries, registries);
    }
}
