using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Nexus.Monitoring.Client;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Benchmarks.Publishing;

/// <summary>
/// What a call of the publisher costs the work that makes it, from one thread. Nothing empties the buffer meanwhile: between two
/// iterations it is emptied, and it has room for all of one.
/// </summary>
public class PublishCall
{
    private const int Calls = 100_000;

    private readonly EventBuffer _buffer = new(Calls);
    private readonly List<PendingEvent> _taken = new(Calls);
    private readonly DisabledPublisher _disabled = new(TimeProvider.System);
    private readonly MonitoringPublisher _publisher;

    public PublishCall() => _publisher = new MonitoringPublisher(
        _buffer, TimeProvider.System, new MonitoringOptions().MaxEventSizeBytes, NullLogger<MonitoringPublisher>.Instance);

    /// <summary>The queue has grown to its size before the first measurement.</summary>
    [GlobalSetup]
    public void Fill()
    {
        Publish();
        Empty();
    }

    [IterationSetup]
    public void Empty()
    {
        _taken.Clear();
        _buffer.Take(_taken, Calls);
        _buffer.Settle(_taken.Count);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public void Publish()
    {
        for (var i = 0; i < Calls; i++)
        {
            _publisher.Publish(SampleEvents.Completed);
        }
    }

    /// <summary>As a caller writes it, with a new id and the time.</summary>
    [Benchmark(OperationsPerInvoke = Calls)]
    public void CreateAndPublish() => CreateAndPublish(_publisher);

    /// <summary>The same with <c>MONITORING_ENABLED=false</c> and the check that the documentation asks for.</summary>
    [Benchmark(OperationsPerInvoke = Calls)]
    public void Disabled() => CreateAndPublish(_disabled);

    private static void CreateAndPublish(IMonitoringPublisher publisher)
    {
        for (var i = 0; i < Calls; i++)
        {
            if (publisher.IsEnabled)
            {
                publisher.Publish(publisher.NewEvent(EventTypes.TaskStarted) with { TaskId = "task-000123", WorkerId = 3 });
            }
        }
    }
}
