using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>What each <c>run_*</c> and <c>phase_*</c> event does to its run.</summary>
internal static class RunReducer
{
    public static void Apply(in StateChange change, RunState run, StateTable<string, RunState> runs, int phaseLimit)
    {
        var e = change.Event;
        switch (e.EventType)
        {
            case EventTypes.RunStarted:
                run.Status = EventStatuses.Processing;
                run.StartedAt = change.At;
                run.EndedAt = null;
                run.Name = StateText.Newer(e.Message, run.Name);
                run.TraceId = e.TraceId ?? run.TraceId;
                runs.Reopen(run);
                break;
            case EventTypes.RunCompleted or EventTypes.RunFailed:
                run.Status = e.EventType == EventTypes.RunCompleted ? EventStatuses.Completed : EventStatuses.Failed;
                run.EndedAt = change.At;
                run.DurationMs = e.DurationMs ?? Math.Max(0, (long)(change.At - run.StartedAt).TotalMilliseconds);
                run.Error = StateText.Newer(e.Error, run.Error);
                runs.End(run);
                break;
            default:
                if (run.Phase(e.Phase, phaseLimit) is { } phase)
                {
                    Apply(change, phase);
                }

                break;
        }
    }

    private static void Apply(in StateChange change, PhaseState phase)
    {
        var e = change.Event;
        phase.Counts = e.Counts ?? phase.Counts;
        if (e.Counts?.TryGetValue("total", out var total) == true)
        {
            phase.Announced = total;
        }

        switch (e.EventType)
        {
            case EventTypes.PhaseStarted when phase is { EndedAt: not null, StartedAt: null }:
                // Its end came first
                break;
            case EventTypes.PhaseStarted:
                phase.Status = EventStatuses.Processing;
                phase.StartedAt = change.At;
                phase.EndedAt = null;
                break;
            case EventTypes.PhaseCompleted or EventTypes.PhaseFailed:
                phase.Status = e.EventType == EventTypes.PhaseCompleted ? EventStatuses.Completed : EventStatuses.Failed;
                phase.EndedAt = change.At;
                phase.DurationMs = e.DurationMs
                    ?? (phase.StartedAt is { } started ? Math.Max(0, (long)(change.At - started).TotalMilliseconds) : null);
                phase.Error = StateText.Newer(e.Error, phase.Error);
                break;
        }
    }
}
