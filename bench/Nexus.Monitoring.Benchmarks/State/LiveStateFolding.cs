using BenchmarkDotNet.Attributes;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Benchmarks.State;

/// <summary>The reducer: once for every event, in every process that shows state. Its tables are full, so that each new task forgets an old one.</summary>
public class LiveStateFolding
{
    private const int Batch = 3 * 1024;
    private const int Tasks = 64 * 1024;

    private readonly IReadOnlyList<MonitoringEvent> _events = SampleEvents.Tasks(Tasks);
    private readonly LiveState _state = new();
    private long _next;

    [GlobalSetup]
    public void Fill()
    {
        for (var i = 0; i < _events.Count; i++)
        {
            ApplyNext();
        }
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public long Apply()
    {
        for (var i = 0; i < Batch; i++)
        {
            ApplyNext();
        }

        return _state.Events;
    }

    private void ApplyNext()
    {
        _state.Apply(_events[(int)(_next % _events.Count)], SampleEvents.Position(_next));
        _next++;
    }
}
