using System.Diagnostics;

namespace Nexus.Coordinator.Sim.Telemetry;

/// <summary>Every name under which the coordinator appears in traces and metrics.</summary>
/// <seealso href="https://opentelemetry.io/docs/specs/semconv/messaging/"/>
internal static class CoordinatorTelemetry
{
    /// <summary>Name of the ActivitySource and of the Meter; both are covered by <c>Nexus.*</c>.</summary>
    public const string Name = "Nexus.Coordinator.Sim";

    public const string SentMessages = "messaging.client.sent.messages";
    public const string ConsumedMessages = "messaging.client.consumed.messages";
    public const string ProcessDuration = "messaging.process.duration";
    public const string RecoveredJobs = "nexus.coordinator.jobs.recovered";
    public const string ForeignJobs = "nexus.coordinator.jobs.taken_away";
    public const string Workers = "nexus.coordinator.workers";
    public const string Runs = "nexus.coordinator.runs";

    public const string System = "messaging.system";
    public const string Destination = "messaging.destination.name";
    public const string OperationName = "messaging.operation.name";
    public const string OperationType = "messaging.operation.type";
    public const string MessageId = "messaging.message.id";
    public const string BatchSize = "messaging.batch.message_count";
    public const string ErrorType = "error.type";

    public const string RunId = "nexus.run.id";
    public const string TaskId = "nexus.task.id";
    public const string ProjectId = "nexus.project.id";
    public const string TaskType = "nexus.task.type";
    public const string Phase = "nexus.phase";
    public const string WorkerId = "nexus.worker.id";
    public const string RetryCount = "nexus.retry.count";

    public const string Redis = "redis";
    public const string Enqueue = "enqueue";
    public const string Process = "process";

    public static readonly ActivitySource Source = new(Name);
}
