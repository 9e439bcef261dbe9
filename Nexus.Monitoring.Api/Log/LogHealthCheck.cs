using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.Log;

/// <summary>Healthy while the log answers, once it has been read to its end.</summary>
internal sealed class LogHealthCheck(LogFeed feed, LogTailState state, SkippedEntries skipped, TimeProvider time) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = feed.Status;
        var head = feed.Ring.Head.Position;
        var data = new Dictionary<string, object>
        {
            ["since"] = status.Since.ToString("O", CultureInfo.InvariantCulture),
            ["head"] = head.ToString(),
            ["head_age_seconds"] = head.Milliseconds == 0 ? 0 : Math.Round(Math.Max(0, (time.GetUtcNow() - head.Time).TotalSeconds), 3),
            ["entries"] = state.Length,
            ["events"] = state.Events,
            ["ring_events"] = feed.Ring.Count,
            ["ring_bytes"] = feed.Ring.Bytes,
            ["skipped"] = skipped.Counts,
        };

        return Task.FromResult(status.IsConnected
            ? HealthCheckResult.Healthy(data: data)
            : HealthCheckResult.Unhealthy($"{status.Message} (since {status.Since:u})", data: data));
    }
}
