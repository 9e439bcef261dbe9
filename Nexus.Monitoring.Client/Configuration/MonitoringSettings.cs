namespace Nexus.Monitoring.Client.Configuration;

/// <summary>All options with their keys, environment variables and ranges.</summary>
internal static class MonitoringSettings
{
    public static IReadOnlyList<MonitoringSetting> All { get; } =
    [
        MonitoringSetting.Switch(
            nameof(MonitoringOptions.Enabled), "MONITORING_ENABLED", o => o.Enabled, (o, v) => o.Enabled = v),
        MonitoringSetting.Text(
            nameof(MonitoringOptions.Source), null, 200, o => o.Source, (o, v) => o.Source = v),
        MonitoringSetting.Time(
            nameof(MonitoringOptions.HeartbeatInterval), "MONITORING_HEARTBEAT_INTERVAL_SEC", 1, 3_600,
            o => o.HeartbeatInterval, (o, v) => o.HeartbeatInterval = v),
        MonitoringSetting.Time(
            nameof(MonitoringOptions.HeartbeatTtl), "MONITORING_HEARTBEAT_TTL_SEC", 2, 86_400,
            o => o.HeartbeatTtl, (o, v) => o.HeartbeatTtl = v),
        MonitoringSetting.Integer(
            nameof(MonitoringOptions.MaxEventSizeBytes), "MONITORING_MAX_EVENT_SIZE_BYTES", 512, 1_048_576,
            o => o.MaxEventSizeBytes, (o, v) => o.MaxEventSizeBytes = v),
        MonitoringSetting.Integer(
            nameof(MonitoringOptions.RetryAttempts), "MONITORING_RETRY_ATTEMPTS", 0, 100,
            o => o.RetryAttempts, (o, v) => o.RetryAttempts = v),
        MonitoringSetting.Time(
            nameof(MonitoringOptions.RetryDelay), "MONITORING_RETRY_DELAY_SEC", 0.01, 300,
            o => o.RetryDelay, (o, v) => o.RetryDelay = v),
        MonitoringSetting.Switch(
            nameof(MonitoringOptions.PublishChannels), null, o => o.PublishChannels, (o, v) => o.PublishChannels = v),
        MonitoringSetting.Integer(
            nameof(MonitoringOptions.BufferCapacity), null, 16, 10_000_000, o => o.BufferCapacity, (o, v) => o.BufferCapacity = v),
        MonitoringSetting.Integer(
            nameof(MonitoringOptions.LogMaxLength), null, 1_000, 100_000_000, o => o.LogMaxLength, (o, v) => o.LogMaxLength = v),
        MonitoringSetting.Time(
            nameof(MonitoringOptions.ShutdownFlush), null, 0, 300, o => o.ShutdownFlush, (o, v) => o.ShutdownFlush = v),
    ];
}
