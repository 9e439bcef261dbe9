using Microsoft.Extensions.Time.Testing;
using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Work;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Coordinator.Sim.Tests.Fixtures;

/// <summary>
/// Coordinator processes on made-up time, one shared store, and one thread: what happens depends on nothing but the seed. Time moves
/// only by <see cref="Advance"/>.
/// </summary>
internal sealed class World : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly OneThread _thread = new();
    private readonly List<SimulatedProcess> _processes = [];

    public World() => Publisher = new RecordingPublisher(Time);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public MemoryStore Store { get; } = new();

    public RecordingPublisher Publisher { get; }

    public IReadOnlyList<MonitoringEvent> Events => Publisher.Events;

    public SimulatedProcess Start(Action<SimulationOptions>? configure = null, IWork? work = null)
    {
        var process = new SimulatedProcess(Store, Time, Publisher, configure ?? (_ => { }), work);
        _processes.Add(process);
        _thread.Run(process.Start);
        return process;
    }

    public void Advance(TimeSpan duration)
    {
        for (var end = Time.GetUtcNow() + duration; Time.GetUtcNow() < end;)
        {
            _thread.Run(() => Time.Advance(Step));
        }
    }

    /// <summary>Advances until the condition holds, and fails the test when it does not within <paramref name="atMost"/>.</summary>
    public void AdvanceUntil(Func<bool> condition, TimeSpan atMost, string what)
    {
        for (var end = Time.GetUtcNow() + atMost; !condition();)
        {
            Assert.True(Time.GetUtcNow() < end, $"Not within {atMost.TotalSeconds} s: {what}");
            _thread.Run(() => Time.Advance(Step));
        }
    }

    public void Do(Action action) => _thread.Run(action);

    public void Stop(SimulatedProcess process)
    {
        Task stopping = Task.CompletedTask;
        _thread.Run(() => stopping = process.StopAsync());
        AdvanceUntil(() => stopping.IsCompleted, TimeSpan.FromMinutes(1), "the process stops");
        stopping.GetAwaiter().GetResult();
    }

    public void Dispose() => _processes.ForEach(process => process.Dispose());
}
