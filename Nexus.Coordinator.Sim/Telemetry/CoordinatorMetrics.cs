using System.Diagnostics;
using System.Diagnostics.Metrics;
using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Telemetry;

/// <summary>The coordinator's instruments. Tags are task types, priorities and kinds of errors, never ids.</summary>
internal sealed class CoordinatorMetrics
{
    private readonly Counter<long> _sent;
    private readonly Counter<long> _consumed;
    private readonly Histogram<double> _process;
    private readonly Counter<long> _recovered;
    private readonly Counter<long> _takenAway;
    private readonly UpDownCounter<long> _workers;
    private readonly UpDownCounter<long> _runs;

    public CoordinatorMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(CoordinatorTelemetry.Name);
        _sent = meter.CreateCounter<long>(CoordinatorTelemetry.SentMessages, "{message}", "Jobs put into a queue.");
        _consumed = meter.CreateCounter<long>(CoordinatorTelemetry.ConsumedMessages, "{message}", "Jobs taken from a queue.");
        _process = meter.CreateHistogram<double>(CoordinatorTelemetry.ProcessDuration, "s", "Duration of attempts.");
        _recovered = meter.CreateCounter<long>(CoordinatorTelemetry.RecoveredJobs, "{job}", "Jobs recovered from lost workers.");
        _takenAway = meter.CreateCounter<long>(
            CoordinatorTelemetry.ForeignJobs, "{job}", "Attempts whose result was discarded because the job was no longer theirs.");
        _workers = meter.CreateUpDownCounter<long>(CoordinatorTelemetry.Workers, "{worker}", "Workers of this process.");
        _runs = meter.CreateUpDownCounter<long>(CoordinatorTelemetry.Runs, "{run}", "Runs driven by this process.");
    }

    public void Sent(Job job) => _sent.Add(1, Tags(job, CoordinatorTelemetry.Enqueue));

    public void Consumed(Job job) => _consumed.Add(1, Tags(job, CoordinatorTelemetry.Process));

    public void Processed(Job job, TimeSpan duration, string? errorType)
    {
        var tags = Tags(job, CoordinatorTelemetry.Process);
        tags.Add(CoordinatorTelemetry.TaskType, job.TaskType);
        if (errorType is not null)
        {
            tags.Add(CoordinatorTelemetry.ErrorType, errorType);
        }

        _process.Record(duration.TotalSeconds, tags);
    }

    public void Recovered() => _recovered.Add(1);

    public void TakenAway() => _takenAway.Add(1);

    public void Worker(int change) => _workers.Add(change);

    public void Run(int change) => _runs.Add(change);

    private static TagList Tags(Job job, string operation) => new()
    {
        { CoordinatorTelemetry.System, CoordinatorTelemetry.Redis },
        { CoordinatorTelemetry.Destination, job.Priority.ListKey() },
        { CoordinatorTelemetry.OperationName, operation },
    };
}
