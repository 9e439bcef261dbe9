namespace Nexus.Monitoring.Client.Publishing;

/// <summary>What the publisher takes from <see cref="MonitoringOptions"/>, once, in its own types.</summary>
/// <param name="Source">What <c>source</c> says of events that do not.</param>
internal sealed record PublisherSettings(MonitoringOptions Options, string Source)
{
    private const int MostBatchBytes = 4 * 1024 * 1024;
    private const int MostBatchEvents = 500;

    public int Capacity => Options.BufferCapacity;

    public int MaxEventBytes => Options.MaxEventSizeBytes;

    public TimeSpan ShutdownFlush => Options.ShutdownFlush;

    public RetrySchedule Retries { get; } = new(Options.RetryAttempts, Options.RetryDelay);

    /// <summary>
    /// A batch is one transaction, and a server that serves one carries out nothing else. Its size is bounded in events and, for large
    /// events, in bytes.
    /// </summary>
    public int BatchSize { get; } = Math.Clamp(MostBatchBytes / Options.MaxEventSizeBytes, 1, MostBatchEvents);
}
