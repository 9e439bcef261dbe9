namespace Nexus.Monitoring.Client.Publishing;

/// <summary>What the publisher takes from <see cref="MonitoringOptions"/>, once, in its own types.</summary>
/// <param name="Source">What <c>source</c> says of events that do not.</param>
internal sealed record PublisherSettings(MonitoringOptions Options, string Source)
{
    public int Capacity => Options.BufferCapacity;

    public int MaxEventBytes => Options.MaxEventSizeBytes;

    public TimeSpan ShutdownFlush => Options.ShutdownFlush;

    public RetrySchedule Retries { get; } = new(Options.RetryAttempts, Options.RetryDelay);
}
