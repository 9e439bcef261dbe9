using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>What a failed attempt does to the group of failures like it.</summary>
internal static class ErrorReducer
{
    public static void Apply(ErrorGroup group, string failure, in StateChange change)
    {
        var e = change.Event;
        group.Count++;
        group.Final += e.EventType == EventTypes.TaskFailed && !change.IsLateWord ? 1 : 0;
        group.LastSeenAt = change.At;
        group.LastError = failure;
        group.LastTaskId = e.TaskId;
        group.LastTraceId = e.TraceId ?? group.LastTraceId;
        group.Position = change.Position;
        AddName(group.FailureKinds, change.FailureKind is FailureKinds.Error ? null : change.FailureKind);
        AddName(group.TaskTypes, e.TaskType);
        AddName(group.RunIds, e.ParentTaskId);
    }

    private static void AddName(List<string> names, string? name)
    {
        if (name is not null && names.Count < ErrorGroup.MaxNames && !names.Contains(name))
        {
            names.Add(name);
        }
    }
}
