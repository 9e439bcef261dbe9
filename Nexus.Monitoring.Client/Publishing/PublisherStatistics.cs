namespace Nexus.Monitoring.Client.Publishing;

/// <summary>
/// What became of a publisher's events since it began. <see cref="Accepted"/> is always the sum of <see cref="Sent"/>,
/// <see cref="DroppedTotal"/> and <see cref="Pending"/>.
/// </summary>
public sealed record PublisherStatistics
{
    /// <summary>Events that were given to the publisher, its own reports of drops included.</summary>
    public required long Accepted { get; init; }

    /// <summary>Events that the log has acknowledged.</summary>
    public required long Sent { get; init; }

    /// <summary>Events that wait in the buffer or are being sent.</summary>
    public required long Pending { get; init; }

    /// <summary>Events that will never be sent, by reason; see <see cref="DropReasons"/>. Reasons that never occurred are absent.</summary>
    public required IReadOnlyDictionary<string, long> Dropped { get; init; }

    /// <summary>Sum of <see cref="Dropped"/>.</summary>
    public long DroppedTotal => Dropped.Values.Sum();
}
