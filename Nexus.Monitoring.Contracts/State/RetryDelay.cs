using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>How long until the next attempt, which a <c>task_retry</c> may say in <c>meta.retry_delay_ms</c>.</summary>
internal static class RetryDelay
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Null when it does not say, or nothing that can be meant.</summary>
    public static TimeSpan? Of(MonitoringEvent e) =>
        e.Meta is { ValueKind: JsonValueKind.Object } meta
        && meta.TryGetProperty("retry_delay_ms"u8, out var delay)
        && delay.ValueKind == JsonValueKind.Number
        && delay.TryGetInt64(out var milliseconds)
        && milliseconds >= 0 && milliseconds <= Longest.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;
}
