namespace Nexus.Monitoring.Client.Workers;

/// <summary>Who a worker is.</summary>
public sealed record WorkerDetails
{
    /// <summary>Its id, 0 or more; unique over all processes that share a log. Required.</summary>
    public required int WorkerId { get; init; }

    /// <summary>The project it works for; null when it serves all.</summary>
    public string? ProjectId { get; init; }

    /// <summary>One line for people, for example what it takes.</summary>
    public string? Message { get; init; }
}
