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
    private const int MaxTypes = 400;

    /// <summary>Tasks completed per run, last five minutes.</summary>
    public RecentCounts RunPace { get; } = new(MaxRuns, slots: 20, TimeSpan.FromSeconds(15));

    /// <summary>Failures per project and fingerprint, last quarter of an hour.</summary>
    public RecentCounts Failures { get; } = new(MaxErrors, slots: 30, TimeSpan.FromSeconds(30));

    /// <summary>Those of <see cref="Failures"/> that ended their task.</summary>
    public RecentCounts Finals { get; } = new(MaxErrors, slots: 30, TimeSpan.FromSeconds(30));

    /// <summary>Tasks put into a queue by project and type, last five minutes; see <see cref="DemandKey"/>.</summary>
    public RecentCounts Enqueued { get; } = new(MaxTypes, slots: 20, TimeSpan.FromSeconds(15));

    /// <summary>Attempts begun by project and type, last five minutes.</summary>
    public RecentCounts Begun { get; } = new(MaxTypes, slots: 20, TimeSpan.FromSeconds(15));

    public Heartbeats Beats { get; } = new();

    public static string FailureKey(string? project, string fingerprint) => $"{project}\n{fingerprint}";

    /// <param name="project">Null for all projects together.</param>
    /// <param name="taskType">The type.</param>
    public static string DemandKey(string? project, string taskType) => $"{project}\n{taskType}";

    /// <summary>Types of which something was put into a queue or begun lately.</summary>
    public IEnumerable<string> DemandTypes(string? project)
    {
        var prefix = DemandKey(project, "");
        return Enqueued.Keys.Concat(Begun.Keys).Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Select(key => key[prefix.Length..]);
    }

    public void Apply(MonitoringEvent monitoringEvent, LogPosition position)
    {
        switch (monitoringEvent.EventType)
        {
            case EventTypes.TaskCompleted when monitoringEvent.ParentTaskId is { } run:
                RunPace.Add(run, position.Time);
                break;
            case EventTypes.TaskEnqueued when monitoringEvent.TaskType is { } type:
                Count(Enqueued, monitoringEvent.ProjectId, type, position.Time);
                break;
            case EventTypes.TaskStarted when monitoringEvent.TaskType is { } type:
                Count(Begun, monitoringEvent.ProjectId, type, position.Time);
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
                    if (monitoringEvent.EventType == EventTypes.TaskFailed)
                    {
                        Finals.Add(FailureKey(monitoringEvent.ProjectId, fingerprint), position.Time);
                    }
                }

                break;
        }
    }

    public void Clear()
    {
        RunPace.Clear();
        Failures.Clear();
        Finals.Clear();
        Enqueued.Clear();
        Begun.Clear();
        Beats.Clear();
    }

    private static void Count(RecentCounts counts, string? project, string type, DateTimeOffset at)
    {
        counts.Add(DemandKey(null, type), at);
        if (project is not null)
        {
            counts.Add(DemandKey(project, type), at);
        }
    }
}
