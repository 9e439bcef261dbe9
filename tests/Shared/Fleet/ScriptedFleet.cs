using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Testing.Fleet;

/// <summary>
/// Agents at work, without any: the same seed gives the same events. Advanced by hand over made-up time, so that a test has a
/// quarter of an hour of plausible history in a few milliseconds. One worker can be let die.
/// </summary>
public sealed class ScriptedFleet
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HeartbeatTtl = TimeSpan.FromSeconds(30);
    private readonly Random _random;
    private readonly Action<MonitoringEvent> _emit;
    private readonly List<Worker> _workers = [];
    private readonly List<Run> _runs = [];
    private readonly List<Job> _queue = [];
    private readonly double _failureRate;
    private int _ids;
    private int _runsStarted;
    private DateTimeOffset _nextQueueReport;

    public ScriptedFleet(DateTimeOffset start, Action<MonitoringEvent> emit, int seed = 7, int workers = 12, double failureRate = 0.04)
    {
        Now = start;
        _emit = emit;
        _random = new Random(seed);
        _failureRate = failureRate;
        for (var id = 1; id <= workers; id++)
        {
            _workers.Add(new Worker(id, start + (HeartbeatEvery * _random.NextDouble())));
            Emit(EventTypes.WorkerStarted, workerId: id);
        }
    }

    public DateTimeOffset Now { get; private set; }

    /// <summary>The worker falls silent in the middle of its next task; its heartbeat expires 30 s later.</summary>
    public void Kill(int workerId) => _workers.Single(worker => worker.Id == workerId).DiesAtNextTask = true;

    public void AdvanceTo(DateTimeOffset time)
    {
        while (Now + Step <= time)
        {
            Now += Step;
            StartRuns();
            foreach (var run in _runs.ToList())
            {
                Feed(run);
            }

            foreach (var worker in _workers)
            {
                Work(worker);
            }

            ReportQueues();
        }
    }

    private void StartRuns()
    {
        if (_runs.Count < FleetWork.Runs.Length && _random.NextDouble() < 0.01 + (_runsStarted == 0 ? 1 : 0))
        {
            var (project, name) = FleetWork.Runs[_runsStarted++ % FleetWork.Runs.Length];
            var run = new Run(Id(), project, name, Hex(32), Now);
            _runs.Add(run);
            Emit(EventTypes.RunStarted, run, message: name);
        }
    }

    private void Feed(Run run)
    {
        if (run.Phase < 0 || (run.Queued == Total(run) && run.Ended == Total(run)))
        {
            if (run.Phase >= 0)
            {
                Emit(EventTypes.PhaseCompleted, run, phase: Phase(run), counts: Counts(run), duration: Now - run.PhaseStarted);
            }

            if (++run.Phase == FleetWork.Phases.Length)
            {
                Emit(EventTypes.RunCompleted, run, duration: Now - run.Started);
                _runs.Remove(run);
                return;
            }

            (run.Queued, run.Ended, run.Failed, run.PhaseStarted) = (0, 0, 0, Now);
            Emit(EventTypes.PhaseStarted, run, phase: Phase(run), counts: new Dictionary<string, long> { ["total"] = Total(run) });
        }

        var wave = 0.6 + (0.5 * Math.Sin(Now.ToUnixTimeSeconds() / 70d));
        while (run.Queued < Total(run) && _random.NextDouble() < wave * 0.45)
        {
            run.Queued++;
            var types = FleetWork.Phases[run.Phase].Types;
            var type = types[_random.Next(types.Length)];
            var job = new Job(Id(), run, Phase(run), type, FleetWork.Message(type, run.Queued));
            _queue.Add(job);
            Emit(EventTypes.TaskEnqueued, run, job);
        }
    }

    private void Work(Worker worker)
    {
        if (worker.IsDead)
        {
            Expire(worker);
            return;
        }

        if (Now >= worker.NextBeat)
        {
            worker.NextBeat = Now + HeartbeatEvery;
            Emit(EventTypes.WorkerHeartbeat, workerId: worker.Id);
        }

        if (worker.Job is { } job && Now >= worker.Until)
        {
            Finish(worker, job);
        }

        if (worker.Job is null && Next() is { } next)
        {
            worker.Job = next;
            worker.StartedAt = Now;
            worker.Until = Now + FleetWork.Duration(next.Type, _random.NextDouble());
            Emit(EventTypes.TaskStarted, next.Run, next, worker.Id);
            worker.IsDead = worker.DiesAtNextTask;
        }
    }

    private void Finish(Worker worker, Job job)
    {
        var took = Now - worker.StartedAt;
        worker.Job = null;
        if (_random.NextDouble() >= _failureRate)
        {
            job.Run.Ended++;
            Emit(EventTypes.TaskCompleted, job.Run, job, worker.Id, duration: took);
            return;
        }

        var error = FleetWork.Error(_random.NextDouble());
        job.Retries++;
        if (job.Retries > 3)
        {
            job.Run.Ended++;
            job.Run.Failed++;
            Emit(EventTypes.TaskFailed, job.Run, job, worker.Id, duration: took, error: error);
        }
        else
        {
            Emit(EventTypes.TaskRetry, job.Run, job, worker.Id, duration: took, error: error);
            _queue.Add(job);
        }
    }

    private void Expire(Worker worker)
    {
        if (worker.Job is { } job && Now - worker.NextBeat > HeartbeatTtl - HeartbeatEvery)
        {
            worker.Job = null;
            var error = $"Worker {worker.Id} lost: no heartbeat for 30 s";
            Emit(EventTypes.WorkerLost, workerId: worker.Id, error: error);
            Emit(EventTypes.TaskStalled, job.Run, job, worker.Id, error: error);
        }
    }

    private Job? Next()
    {
        var job = _queue.Find(candidate => FleetWork.Priority(candidate.Phase) == "high_priority") ?? _queue.FirstOrDefault();
        if (job is not null)
        {
            _queue.Remove(job);
        }

        return job;
    }

    private void ReportQueues()
    {
        if (Now < _nextQueueReport)
        {
            return;
        }

        _nextQueueReport = Now + TimeSpan.FromSeconds(5);
        var depths = new Dictionary<string, long> { ["high_priority"] = 0, ["normal_priority"] = 0, ["low_priority"] = 0 };
        foreach (var type in FleetWork.Phases.SelectMany(phase => phase.Types))
        {
            depths[type] = 0;
        }

        foreach (var job in _queue)
        {
            depths[FleetWork.Priority(job.Phase)]++;
            depths[job.Type]++;
        }

        Emit(EventTypes.QueueDepthUpdate, queue: depths);
    }

    private void Emit(
        string type,
        Run? run = null,
        Job? job = null,
        int? workerId = null,
        string? phase = null,
        string? message = null,
        string? error = null,
        TimeSpan? duration = null,
        Dictionary<string, long>? counts = null,
        Dictionary<string, long>? queue = null) => _emit(new MonitoringEvent
        {
            EventId = Hex(32),
            Timestamp = Now,
            EventType = type,
            ProjectId = run?.Project,
            ParentTaskId = run?.Id,
            TaskId = job?.Id,
            TaskType = job?.Type,
            Phase = phase ?? job?.Phase,
            Status = run is null ? null : FleetWork.Status(type),
            Message = message ?? job?.Message,
            Error = error,
            WorkerId = workerId,
            RetryCount = job?.Retries,
            DurationMs = (long?)duration?.TotalMilliseconds,
            Counts = counts,
            Queue = queue,
            TraceId = run?.Trace,
            SpanId = run is null ? null : Hex(16),
            Source = workerId is { } id ? $"agents-eu/{((id - 1) / 4) + 1}" : "coordinator/1",
        });

    private static string Phase(Run run) => FleetWork.Phases[run.Phase].Phase;

    private static int Total(Run run) => FleetWork.Phases[run.Phase].Tasks;

    private static Dictionary<string, long> Counts(Run run) =>
        new() { ["total"] = Total(run), ["completed"] = run.Ended - run.Failed, ["failed"] = run.Failed };

    private string Id() => $"{++_ids:x4}{_random.Next(0x10000):x4}";

    private string Hex(int digits) => string.Concat(Enumerable.Range(0, digits / 4).Select(_ => _random.Next(0x10000).ToString("x4")));

    private sealed class Worker(int id, DateTimeOffset nextBeat)
    {
        public int Id { get; } = id;

        public DateTimeOffset NextBeat { get; set; } = nextBeat;

        public Job? Job { get; set; }

        public DateTimeOffset StartedAt { get; set; }

        public DateTimeOffset Until { get; set; }

        public bool DiesAtNextTask { get; set; }

        public bool IsDead { get; set; }
    }

    private sealed class Run(string id, string project, string name, string trace, DateTimeOffset started)
    {
        public string Id { get; } = id;

        public string Project { get; } = project;

        public string Name { get; } = name;

        public string Trace { get; } = trace;

        public DateTimeOffset Started { get; } = started;

        public DateTimeOffset PhaseStarted { get; set; } = started;

        public int Phase { get; set; } = -1;

        public int Queued { get; set; }

        public int Ended { get; set; }

        public int Failed { get; set; }
    }

    private sealed class Job(string id, Run run, string phase, string type, string message)
    {
        public string Id { get; } = id;

        public Run Run { get; } = run;

        public string Phase { get; } = phase;

        public string Type { get; } = type;

        public string Message { get; } = message;

        public int Retries { get; set; }
    }
}
