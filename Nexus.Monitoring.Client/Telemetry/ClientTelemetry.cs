using System.Diagnostics;

namespace Nexus.Monitoring.Client.Telemetry;

/// <summary>Every name under which the client appears in traces and metrics.</summary>
/// <seealso href="https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/"/>
internal static class ClientTelemetry
{
    /// <summary>Name of the ActivitySource and of the Meter; both are covered by <c>Nexus.*</c>.</summary>
    public const string Name = "Nexus.Monitoring.Client";

    public const string SentMessages = "messaging.client.sent.messages";
    public const string OperationDuration = "messaging.client.operation.duration";
    public const string Dropped = "nexus.monitoring.publisher.dropped";
    public const string Pending = "nexus.monitoring.publisher.pending";

    public const string System = "messaging.system";
    public const string Destination = "messaging.destination.name";
    public const string OperationName = "messaging.operation.name";
    public const string OperationType = "messaging.operation.type";
    public const string MessageId = "messaging.message.id";
    public const string ErrorType = "error.type";
    public const string Reason = "reason";

    public const string RunId = "nexus.run.id";
    public const string TaskId = "nexus.task.id";
    public const string EventId = "nexus.event.id";
    public const string ProjectId = "nexus.project.id";
    public const string TaskType = "nexus.task.type";
    public const string Phase = "nexus.phase";
    public const string WorkerId = "nexus.worker.id";
    public const string RetryCount = "nexus.retry.count";

    /// <summary>
    /// Runs, phases and tasks are spans; sending is not. A batch mixes events of many traces, so a span of it would sit in one of them at
    /// random or need hundreds of links, and the work it stands for is not the caller's: he has long gone on. How long sending takes and
    /// what fails of it is in <see cref="OperationDuration"/>.
    /// </summary>
    public static readonly ActivitySource Source = new(Name);

    /// <summary>A span named <c>operation subject</c>; under <paramref name="parent"/>, else under the current activity.</summary>
    public static Activity? StartActivity(string operation, string subject, ActivityKind kind, ActivityContext? parent) =>
        Source.HasListeners() ? Source.StartActivity($"{operation} {subject}", kind, parent ?? default) : null;
}
