namespace Nexus.Monitoring.Contracts.Views;

/// <summary>A place of the dashboard with a name.</summary>
public sealed record SavedView : SharedDocument
{
    /// <summary>A path of the dashboard with its query: <c>/monitoring/events?q=event_type:task_failed</c>; at most 2 000 characters.</summary>
    public required string Address { get; init; }

    /// <summary>Whether the navigation lists it.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Its place among the others, the smallest first; equal ones by name. 0 to 1 000 000.</summary>
    public int Order { get; init; }
}
