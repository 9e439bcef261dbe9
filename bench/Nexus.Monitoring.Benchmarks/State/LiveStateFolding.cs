using BenchmarkDotNet.Attributes;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Benchmarks.State;

/// <summary>
/// The reducer: once for every event, in every process that shows state. A thousand events a second, every 60th a failure. <c>Apply</c> tells
/// what an event costs whose task is known; <c>ApplyNewTasks</c> what it costs when every third begins a task and a full table forgets an old one.
/// </summary>
public class LiveStateFolding
{
    private const int Batch = 3 * 1024;
    private const int Tasks = 64 * 1024;

    private readonly LiveState _state = new();
    private readonly LiveState _small = new(new LiveStateLimits { EndedTasks = Tasks / 4 });
    private IReadOnlyList<MonitoringEvent> _events = [];
    private long _next;

    /// <summary>More than <see cref="LiveStateLimits.ProjectSeries"/> take one another's series.</summary>
    [Params(20, 50)]
    public int Projects { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _events = SampleEvents.Tasks(Tasks, Projects);
        for (var i = 0; i < 5 * _events.Count; i++)
        {
            Fold(_state);
        }

        for (var i = 0; i < _events.Count; i++)
        {
            Fold(_small);
        }
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public long Apply()
    {
        for (var i = 0; i < Batch; i++)
        {
            Fold(_state);
        }

        return _state.Events;
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public long ApplyNewTasks()
    {
        for (var i = 0; i < Batch; i++)
        {
            Fold(_small);
        }

        return _small.Events;
    }

    private void Fold(LiveState state)
    {
        state.Apply(_events[(int)(_next % _events.Count)], SampleEvents.Position(_next));
        _next++;
    }
}
