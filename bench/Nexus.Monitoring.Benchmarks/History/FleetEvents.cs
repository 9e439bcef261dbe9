using System.Globalization;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Benchmarks.History;

/// <summary>
/// What a fleet writes into its log, always the same for one seed: 20 runs at a time in 12 projects, 1 500 tasks at work, 12 task types in
/// 4 phases, 64 workers; 4 % of attempts are tried again, 1 % fail; heartbeats and queue depths in between. About 430 bytes of JSON an
/// event.
/// </summary>
internal sealed class FleetEvents(int seed)
{
    private const int OpenTasks = 1500;

    private static readonly string[] TaskTypes =
        ["search", "scrape", "summarization", "extraction", "classification", "embedding", "deduplication", "translation", "report",
            "review", "index", "notify"];

    private static readonly string[] Phases = ["gather", "extract", "aggregate", "publish"];

    private readonly Random _random = new(seed);
    private readonly List<OpenTask> _open = [];
    private Run[] _runs = [];
    private long _ms = 1_795_000_000_000;
    private ulong _sequence;

    public IEnumerable<(LogPosition Position, MonitoringEvent Event)> Take(int count)
    {
        _runs = _runs.Length > 0 ? _runs : [.. Enumerable.Range(0, 20).Select(_ => NewRun())];
        for (var i = 0; i < count; i++)
        {
            if (_random.Next(2) == 0)
            {
                _ms += _random.Next(1, 3);
                _sequence = 0;
            }
            else
            {
                _sequence++;
            }

            if (_random.Next(4000) == 0)
            {
                _runs[_random.Next(_runs.Length)] = NewRun();
            }

            yield return (new LogPosition((ulong)_ms, _sequence), Next());
        }
    }

    private MonitoringEvent Next() => _random.Next(40) switch
    {
        0 => Base(EventTypes.WorkerHeartbeat) with { WorkerId = _random.Next(64), Status = EventStatuses.Processing },
        1 when _random.Next(10) == 0 => Base(EventTypes.QueueDepthUpdate) with
        {
            Queue = new Dictionary<string, long> { ["high_priority"] = _random.Next(9), ["normal_priority"] = _random.Next(900),
                ["low_priority"] = _random.Next(90) },
        },
        _ => _open.Count < OpenTasks ? Enqueue() : Advance(_random.Next(_open.Count)),
    };

    private MonitoringEvent Enqueue()
    {
        var type = _random.Next(TaskTypes.Length);
        var task = new OpenTask(Hex(8), _runs[_random.Next(_runs.Length)], TaskTypes[type], Phases[type / 3]);
        _open.Add(task);
        return Of(task, EventTypes.TaskEnqueued) with { Status = EventStatuses.Pending, Message = $"{task.Type} queued" };
    }

    private MonitoringEvent Advance(int index)
    {
        var task = _open[index];
        if (!task.IsRunning)
        {
            task.IsRunning = true;
            task.Attempt++;
            task.Worker = _random.Next(64);
            task.Span = Hex(16);
            return Of(task, EventTypes.TaskStarted) with { Status = EventStatuses.Processing,
                Message = $"{task.Type} attempt {task.Attempt} on worker {task.Worker}" };
        }

        var took = (long)Math.Exp((_random.NextDouble() * 6) + 3);
        var outcome = _random.Next(100);
        task.IsRunning = false;
        if (outcome < 4 && task.Attempt < 3)
        {
            return Of(task, EventTypes.TaskRetry) with { Status = EventStatuses.Retrying, DurationMs = took, Error = Failure(task, took) };
        }

        _open[index] = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        return outcome < 5
            ? Of(task, EventTypes.TaskFailed) with { Status = EventStatuses.Failed, DurationMs = took,
                Error = $"Schema mismatch in document {Hex(8)}" }
            : Of(task, EventTypes.TaskCompleted) with
            {
                Status = EventStatuses.Completed,
                DurationMs = took,
                Message = $"Collected {_random.Next(500)} documents from {_random.Next(40)} sources; {_random.Next(20)} were duplicates.",
            };
    }

    private string Failure(OpenTask task, long took) => _random.Next(3) switch
    {
        0 => $"HTTP 503 from https://api.example.com/v1/items/{_random.Next(10_000)}",
        1 => $"Timeout after {took} ms calling {task.Type}",
        _ => $"Rate limit reached, retry in {_random.Next(60)} s",
    };

    private MonitoringEvent Of(OpenTask task, string type) => Base(type) with
    {
        ProjectId = task.Run.Project,
        ParentTaskId = task.Run.Id,
        TaskId = task.Id,
        TaskType = task.Type,
        Phase = task.Phase,
        WorkerId = type == EventTypes.TaskEnqueued ? null : task.Worker,
        RetryCount = task.Attempt > 1 ? task.Attempt - 1 : null,
        TraceId = task.Run.Trace,
        SpanId = task.Span,
        ParentSpanId = task.Run.Span,
        Source = $"coordinator-sim/host-{task.Worker % 4}",
    };

    private MonitoringEvent Base(string type)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(_ms).AddMicroseconds(-_random.Next(5000));
        Span<byte> id = stackalloc byte[16];
        _random.NextBytes(id);
        return new MonitoringEvent
        {
            EventId = string.Create(CultureInfo.InvariantCulture,
                $"{_ms >> 16:x8}-{_ms & 0xffff:x4}-7{Convert.ToHexStringLower(id[..2])[..3]}-a{Convert.ToHexStringLower(id[2..4])[..3]}-{Convert.ToHexStringLower(id[4..10])}"),
            Timestamp = time,
            EventType = type,
        };
    }

    private Run NewRun() => new($"run-{Hex(8)}", Hex(32), Hex(16), $"project-{_random.Next(12)}");

    private string Hex(int digits)
    {
        Span<byte> bytes = stackalloc byte[digits / 2];
        _random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private sealed record Run(string Id, string Trace, string Span, string Project);

    private sealed class OpenTask(string id, Run run, string type, string phase)
    {
        public string Id { get; } = id;

        public Run Run { get; } = run;

        public string Type { get; } = type;

        public string Phase { get; } = phase;

        public string? Span { get; set; }

        public int Worker { get; set; }

        public int Attempt { get; set; }

        public bool IsRunning { get; set; }
    }
}
