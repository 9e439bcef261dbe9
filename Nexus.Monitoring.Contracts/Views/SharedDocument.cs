namespace Nexus.Monitoring.Contracts.Views;

/// <summary>Something that people keep and share: every dashboard and every node sees the same.</summary>
public abstract record SharedDocument
{
    /// <summary>1 to 64 of a-z, 0-9 and '-', beginning with a letter or digit; chosen by who creates it.</summary>
    public required string Id { get; init; }

    /// <summary>For people: 1 to 80 characters.</summary>
    public required string Name { get; init; }

    /// <summary>From 1, one more with each change; set by the service. What <c>If-Match</c> names.</summary>
    public long Version { get; init; }

    /// <summary>When it was changed last, by the clock of the node that wrote it; set by the service.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
