using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>
/// Why a watcher appended <c>task_reinstated</c>; <c>meta.reinstatement</c> of that event. The state knows by the worker's sign of life that the task goes
/// on; who reads the task's own events only knows it by this one, which therefore carries how the task stands.
/// </summary>
public sealed record Reinstatement
{
    private const string MetaField = "reinstatement";

    /// <summary>The worker that has it in hand.</summary>
    public required int WorkerId { get; init; }

    /// <summary>When the worker last gave a sign of life, by the log's clock.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>When the sign of life came that took the verdict back; absent when it had come before, and the verdict was void.</summary>
    public DateTimeOffset? RepairedAt { get; init; }

    /// <summary>The verdict that was taken back; absent when it was void, or came without evidence.</summary>
    public Verdict? Evidence { get; init; }

    /// <summary>What went wrong last with the task; absent when nothing did but that a verdict on it was void.</summary>
    public string? Error { get; init; }

    /// <summary>Fencing token of the watcher, as in a verdict.</summary>
    public required long Token { get; init; }

    /// <summary>The log up to here was known.</summary>
    public required LogPosition Upto { get; init; }

    /// <summary>The same as <c>meta</c> of an event.</summary>
    public JsonElement ToMeta() =>
        JsonSerializer.SerializeToElement(new Dictionary<string, Reinstatement> { [MetaField] = this }, MonitoringJson.Context.DictionaryStringReinstatement);

    /// <summary>The reinstatement in an event's <c>meta</c>; null when there is none that can be read.</summary>
    public static Reinstatement? Of(MonitoringEvent monitoringEvent) => MetaRecord.Read(monitoringEvent, MetaField, MonitoringJson.Context.Reinstatement);
}
