using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>
/// The evidence on which a watcher appended <c>worker_lost</c> or <c>task_stalled</c>; <c>meta.verdict</c> of that event. All times are the log's
/// clock. A verdict that the log itself contradicts is void: one that was followed, before it was appended, by a sign of life.
/// </summary>
public sealed record Verdict
{
    private const string MetaField = "verdict";

    /// <summary>The worker.</summary>
    public required int WorkerId { get; init; }

    /// <summary>One of <see cref="VerdictReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>When the worker last gave any sign of life.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>When its last heartbeat came; absent before the first.</summary>
    public DateTimeOffset? LastHeartbeatAt { get; init; }

    /// <summary>After which silence a worker counts as lost, in milliseconds.</summary>
    public required long TtlMs { get; init; }

    /// <summary>Fencing token of the watcher: rises with each change of the watching node, and none appends with an older one.</summary>
    public required long Token { get; init; }

    /// <summary>The log up to here was known when this was judged.</summary>
    public required LogPosition Upto { get; init; }

    /// <summary>The same as <c>meta</c> of an event.</summary>
    public JsonElement ToMeta() =>
        JsonSerializer.SerializeToElement(new Dictionary<string, Verdict> { [MetaField] = this }, MonitoringJson.Context.DictionaryStringVerdict);

    /// <summary>The verdict in an event's <c>meta</c>; null when there is none that can be read.</summary>
    public static Verdict? Of(MonitoringEvent monitoringEvent) => MetaRecord.Read(monitoringEvent, MetaField, MonitoringJson.Context.Verdict);
}
