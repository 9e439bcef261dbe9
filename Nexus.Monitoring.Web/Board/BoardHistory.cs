using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.Board;

/// <summary>What the board shows of the recent past beyond the live state: the pace of runs and when failures came. Not
/// thread-safe.</summary>
internal sealed class BoardHistory
{
    private const int MaxRuns = 1_000;
    private const int MaxErrors = 400;

    /// <summary>Tasks completed per run, last five minutes.</summary>
    public RecentCounts RunPace { get; } = new(MaxRuns, slots: 20, TimeSpan.FromSeconds(15));

    /// <summary>Failures per project and fingerprint, last quarter of an hour.</summary>
    public RecentCounts Failures { get; } = new(MaxErrors, slots: 30, TimeSpan.FromSeconds(30));

    public Heartbeats Beats { get; } = new();

    public static string FailureKey(string? project, string fingerprint) => $"{project}\n{fingerprint}";

    public void Apply(MonitoringEvent monitoringEvent, LogPosition position)
    {
        switch (monitoringEvent.EventType)
        {
            case EventTypes.TaskCompleted when monitoringEvent.ParentTaskId is { } run:
                RunPace.Add(run, position.Time);
                break;
            case EventTypes.WorkerHeartbeat when monitoringEvent.WorkerId is { } worker:
                Beats.Add(worker, position.Time);
                break;
            case EventTypes.TaskFailed or EventTypes.TaskRetry or EventTypes.TaskStalled:
                var error = monitoringEvent.Error ?? monitoringEvent.Message;
                if (error is not null)
                {
                    var fingerprint = ErrorFingerprint.Of(ErrorFingerprint.Title(error));
                    Failures.Add(FailureKey(monitoringEvent.ProjectId, fingerprint), position.Time);
                }

                break;
        }
    }

    public void Clear()
    {
        RunPace.Clear();
        Failures.Clear();
        Beats.Clear();
    }
}
