namespace Nexus.Monitoring.Client.Reading;

/// <summary>How a reader's connection stands. Immutable.</summary>
public sealed record StreamConnectionState
{
    /// <summary>Whether frames can arrive.</summary>
    public required StreamConnectionStatus Status { get; init; }

    /// <summary>Since when <see cref="Status"/> is what it is, by this process's clock.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Attempts that failed since the last connection; 0 while connected.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>When the next attempt is made; null while one is under way, or none is needed.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Why the last connection ended or the last attempt failed, one sentence for people; null when nothing did.</summary>
    public string? Problem { get; init; }
}
