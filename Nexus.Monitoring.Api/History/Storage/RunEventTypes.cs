using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Api.History.Storage;

/// <summary>Events of a run that tell more than columns do: counts of its phases, evidence of lost workers.</summary>
internal static class RunEventTypes
{
    /// <summary>Whether an event stands in <c>run_events</c> once more.</summary>
    public static bool Are(string eventType) =>
        EventCategories.Of(eventType) is EventCategory.Run or EventCategory.Phase || eventType is EventTypes.TaskStalled or EventTypes.TaskReinstated;
}
