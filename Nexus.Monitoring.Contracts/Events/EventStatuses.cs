namespace Nexus.Monitoring.Contracts.Events;

/// <summary>The values of <c>status</c>: where a task, phase or run stands after the event.</summary>
public static class EventStatuses
{
    /// <summary>In a queue.</summary>
    public const string Pending = "pending";

    /// <summary>A worker has it.</summary>
    public const string Processing = "processing";

    /// <summary>Ended with a result.</summary>
    public const string Completed = "completed";

    /// <summary>Ended with an error, no attempt left.</summary>
    public const string Failed = "failed";

    /// <summary>Waits for another attempt.</summary>
    public const string Retrying = "retrying";

    /// <summary>Its worker is lost.</summary>
    public const string Orphaned = "orphaned";

    /// <summary>Ended without a result because nobody wants one any more.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>All of them, in the order of a task's life.</summary>
    public static IReadOnlyList<string> All { get; } = [Pending, Processing, Retrying, Completed, Failed, Cancelled, Orphaned];
}
