using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Api.Http.Demo;

/// <summary>
/// A small workflow that shows every type of event: a run that completes although one of its tasks needs a second attempt, and a run
/// within it that fails because its worker is lost.
/// </summary>
internal sealed class DemoWorkflow(DemoRecorder recorder, string id)
{
    /// <summary>Far from the ids that real workers count up from.</summary>
    private const int FirstWorker = 9_001;
    private const int LostWorker = 9_002;

    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    private const string LostError = "Worker 9002 lost: no heartbeat for 5 s";

    public const string ProjectId = "demo";

    public string RunId { get; } = $"demo-{id}";

    private string InnerRunId => $"{RunId}-resolution";

    public void Tell()
    {
        StartWorkers();
        var run = recorder.Begin("run demo");
        var started = recorder.Now;
        recorder.Add(Event(EventTypes.RunStarted, RunId, EventStatuses.Processing) with { Message = "Demo: summarise three sources" });
        Enumerate();
        Extract();
        Resolve();
        recorder.Add(Event(EventTypes.RunCompleted, RunId, EventStatuses.Completed) with { DurationMs = Since(started) });
        recorder.End(run);
        StopWorkers();
    }

    private void StartWorkers()
    {
        foreach (var worker in new[] { FirstWorker, LostWorker })
        {
            recorder.Add(New(EventTypes.WorkerStarted) with { WorkerId = worker });
            recorder.Add(New(EventTypes.WorkerHeartbeat) with { WorkerId = worker });
        }
    }

    private void Enumerate() => Phase(RunId, "enumeration", 1, null, () =>
    {
        Enqueue(RunId, "enumerate", "search_space_enum", "enumeration", waiting: 1);
        Attempt(RunId, "enumerate", "search_space_enum", "enumeration", 0, 900, error: null);
    });

    private void Extract() => Phase(RunId, "extraction", 2, null, () =>
    {
        Enqueue(RunId, "extract-1", "entity_extraction", "extraction", waiting: 1);
        Enqueue(RunId, "extract-2", "summarization", "extraction", waiting: 2);
        Attempt(RunId, "extract-1", "entity_extraction", "extraction", 0, 2_400, error: null);
        Attempt(RunId, "extract-2", "summarization", "extraction", 0, 1_800, error: "HTTP 429: rate limited by the model, try again in 1 s");
        recorder.Pass(1_000);
        Attempt(RunId, "extract-2", "summarization", "extraction", 1, 3_100, error: null);
    });

    /// <summary>The run within the run: its worker is silent for a while, comes back, and dies with its only task.</summary>
    private void Resolve()
    {
        var run = recorder.Begin("run demo resolution");
        var started = recorder.Now;
        recorder.Add(Event(EventTypes.RunStarted, InnerRunId, EventStatuses.Processing) with { Message = "Demo: resolve entities" });
        Phase(InnerRunId, "resolution", 1, LostError, () =>
        {
            Enqueue(InnerRunId, "resolve", "reasoning", "resolution", waiting: 1);
            var task = recorder.Begin("task reasoning");
            var template = Task(EventTypes.TaskStarted, InnerRunId, "resolve", "reasoning", "resolution", EventStatuses.Processing) with
            {
                WorkerId = LostWorker,
                RetryCount = 0,
            };
            var taskStarted = recorder.Now;
            recorder.Add(template);
            Lose(template, silence: 5_000);
            recorder.Pass(500);
            recorder.Add(New(EventTypes.WorkerHeartbeat) with { WorkerId = LostWorker });
            recorder.Add(template with { EventType = EventTypes.TaskReinstated });
            Lose(template, silence: 6_500);
            recorder.Add(New(EventTypes.AlertFiring) with { ProjectId = ProjectId, Message = "Demo alert: a worker is lost", Error = LostError });
            recorder.Add(template with
            {
                EventType = EventTypes.TaskFailed,
                Status = EventStatuses.Failed,
                WorkerId = FirstWorker,
                Error = LostError,
                DurationMs = Since(taskStarted),
            });
            recorder.End(task, LostError);
        });
        Enqueue(InnerRunId, "report", "summarization", "reporting", waiting: 1);
        recorder.Add(Task(EventTypes.TaskCancelled, InnerRunId, "report", "summarization", "reporting", EventStatuses.Cancelled) with
        {
            Message = "Cancelled: nothing was resolved",
        });
        recorder.Add(Event(EventTypes.RunFailed, InnerRunId, EventStatuses.Failed) with { Error = LostError, DurationMs = Since(started) });
        recorder.End(run, LostError);
    }

    private void Lose(MonitoringEvent task, int silence)
    {
        recorder.Pass(silence);
        recorder.Add(New(EventTypes.WorkerLost) with { WorkerId = LostWorker, Error = LostError });
        recorder.Add(task with { EventType = EventTypes.TaskStalled, Status = EventStatuses.Orphaned, Error = LostError });
    }

    private void StopWorkers()
    {
        recorder.Add(New(EventTypes.AlertResolved) with { ProjectId = ProjectId, Message = "Demo alert: no worker is lost any more" });
        recorder.Add(New(EventTypes.WorkerStopped) with { WorkerId = FirstWorker });
        recorder.Add(QueueDepth(0));
        recorder.Add(New(EventTypes.StatsSnapshot) with
        {
            ProjectId = ProjectId,
            Counts = new Dictionary<string, long> { [EventStatuses.Completed] = 3, [EventStatuses.Failed] = 1 },
        });
    }

    private void Phase(string runId, string phase, int total, string? error, Action work)
    {
        var span = recorder.Begin($"phase {phase}");
        var started = recorder.Now;
        recorder.Add(Event(EventTypes.PhaseStarted, runId, EventStatuses.Processing) with
        {
            Phase = phase,
            Counts = new Dictionary<string, long> { ["total"] = total },
        });
        work();
        var failed = error is null ? 0 : total;
        var (type, status) = error is null
            ? (EventTypes.PhaseCompleted, EventStatuses.Completed)
            : (EventTypes.PhaseFailed, EventStatuses.Failed);
        recorder.Add(Event(type, runId, status) with
        {
            Phase = phase,
            Error = error,
            DurationMs = Since(started),
            Counts = new Dictionary<string, long> { ["total"] = total, ["completed"] = total - failed, ["failed"] = failed },
        });
        recorder.End(span, error);
    }

    private void Enqueue(string runId, string task, string type, string phase, int waiting)
    {
        recorder.Add(Task(EventTypes.TaskEnqueued, runId, task, type, phase, EventStatuses.Pending) with { Message = $"{type} of a demo source" });
        recorder.Add(QueueDepth(waiting));
        recorder.Pass(120);
    }

    /// <summary>An attempt that succeeds, or fails with another to follow.</summary>
    private void Attempt(string runId, string task, string type, string phase, int failures, int milliseconds, string? error)
    {
        var span = recorder.Begin($"task {type}");
        var template = Task(EventTypes.TaskStarted, runId, task, type, phase, EventStatuses.Processing) with
        {
            WorkerId = FirstWorker,
            RetryCount = failures,
        };
        var started = recorder.Now;
        recorder.Add(template);
        recorder.Pass(milliseconds);
        recorder.Add(template with
        {
            EventType = error is null ? EventTypes.TaskCompleted : EventTypes.TaskRetry,
            Status = error is null ? EventStatuses.Completed : EventStatuses.Retrying,
            RetryCount = error is null ? failures : failures + 1,
            Error = error,
            DurationMs = Since(started),
        });
        recorder.End(span, error);
    }

    private static MonitoringEvent QueueDepth(int waiting) => New(EventTypes.QueueDepthUpdate) with
    {
        Queue = new Dictionary<string, long> { ["high_priority"] = 0, ["normal_priority"] = waiting, ["low_priority"] = 0 },
    };

    private long Since(DateTimeOffset started) => (long)(recorder.Now - started).TotalMilliseconds;

    private static MonitoringEvent Task(string type, string runId, string task, string taskType, string phase, string status) => New(type) with
    {
        ProjectId = ProjectId,
        ParentTaskId = runId,
        TaskId = $"{runId}-{task}",
        TaskType = taskType,
        Phase = phase,
        Status = status,
    };

    private static MonitoringEvent Event(string type, string runId, string status) =>
        New(type) with { ProjectId = ProjectId, TaskId = runId, Status = status };

    /// <summary>Id and time are given by the recorder.</summary>
    private static MonitoringEvent New(string type) => new() { EventId = "", Timestamp = default, EventType = type };
}
