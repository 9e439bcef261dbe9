using System.Buffers;
using System.Text.Json;
using CsCheck;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Contracts.State.Checkpoints;

namespace Nexus.Monitoring.Contracts.Tests.State.Checkpoints;

public sealed class StateCheckpointTests
{
    private static readonly string[] Types =
    [
        EventTypes.TaskEnqueued, EventTypes.TaskStarted, EventTypes.TaskStarted, EventTypes.TaskCompleted, EventTypes.TaskCompleted, EventTypes.TaskFailed,
        EventTypes.TaskRetry, EventTypes.TaskCancelled, EventTypes.TaskStalled, EventTypes.RunStarted, EventTypes.RunCompleted, EventTypes.PhaseStarted,
        EventTypes.PhaseCompleted, EventTypes.WorkerStarted, EventTypes.WorkerHeartbeat, EventTypes.WorkerStopped, EventTypes.WorkerLost,
        EventTypes.QueueDepthUpdate, "cache_hit",
    ];

    private static readonly Gen<MonitoringEvent> Event = Gen.Select(
        Gen.OneOfConst(Types), Gen.Int[0, 30], Gen.Int[0, 5], Gen.Int[0, 4], Gen.Int[0, 9999], Gen.Bool, Gen.Int[0, 3])
        .Select((type, task, run, worker, number, isSparse, source) => new MonitoringEvent
        {
            EventId = $"e{number}",
            Timestamp = LogScript.At(number / 10.0),
            EventType = type,
            ProjectId = run == 0 ? null : $"project-{run % 3}",
            ParentTaskId = run == 5 ? null : $"run{run}",
            TaskId = type.StartsWith("task", StringComparison.Ordinal) ? $"t{task}" : null,
            TaskType = isSparse ? null : $"type{task % 4}",
            Phase = isSparse ? null : $"phase{task % 3}",
            Message = isSparse ? null : $"did {number}",
            WorkerId = worker == 0 ? null : worker,
            RetryCount = isSparse ? null : number % 3,
            DurationMs = isSparse ? null : number,
            Error = type is EventTypes.TaskFailed or EventTypes.TaskRetry ? $"HTTP {400 + (number % 5)} from provider" : null,
            TraceId = isSparse ? null : $"{run:x32}",
            SpanId = isSparse ? null : $"{number:x16}",
            Source = source == 0 ? null : $"agents/{source}",
            Meta = type is EventTypes.TaskStalled or EventTypes.WorkerLost && number % 3 > 0 ? Evidence(worker, number).ToMeta() : null,
            Queue = type == EventTypes.QueueDepthUpdate ? new Dictionary<string, long> { ["search"] = number, ["high_priority"] = run } : null,
        });

    [Fact]
    public void Read_AtAnyEvent_GoesOnAsIfNeverStopped() => Gen.Select(
        Event.Array[1, 400], Gen.Int[1, 60], Gen.Int[10, 100], Gen.Int[3, 40]).Sample((events, every, gap, endedTasks) =>
    {
        // More tasks end than are kept, or not.
        var limits = new LiveStateLimits { EndedTasks = endedTasks };
        var (whole, resumed) = (new LiveState(limits), new LiveState(limits));
        var segments = new Dictionary<LogPosition, (LogPosition After, byte[] Bytes)>();
        var last = LogPosition.Start;
        for (var i = 0; i < events.Length; i++)
        {
            var position = new LogPosition((ulong)(LogScript.Start.ToUnixTimeMilliseconds() + (i / 3 * gap)), (ulong)i);
            whole.Apply(events[i], position);
            resumed.Apply(events[i], position);
            if (i % every == 0)
            {
                segments[position] = (last, StateCheckpoint.WriteSegment(resumed, last));
                var next = position;
                // Both ways: told by the core, or known beforehand.
                LogPosition? known = i % (2 * every) == 0 ? StateCheckpoint.OldestEnded(resumed) ?? LogPosition.End : null;
                resumed = StateCheckpoint.Read(Core(resumed), oldest =>
                {
                    if (next < oldest || next == LogPosition.Start)
                    {
                        return null;
                    }

                    var (after, bytes) = segments[next];
                    next = after;
                    return bytes;
                }, limits: limits, oldest: known);
                last = position;
            }
        }

        Assert.Equal(Json(whole), Json(resumed));
        foreach (var worker in whole.OnlineWorkers.Concat(whole.GoneWorkers))
        {
            Assert.Equal(
                LiveState.HeldBy(worker).Select(task => task.TaskId), LiveState.HeldBy(resumed.Worker(worker.WorkerId)!).Select(task => task.TaskId));
        }
    }, iter: 300);

    [Fact]
    public void Read_TheNewestAndThoseThatAreTouched_FoldsAsWithAll() => Gen.Select(Event.Array[1, 400], Gen.Int[1, 12]).Sample((events, every) =>
    {
        const int Few = 2;
        var state = new LiveState();
        var segments = new Dictionary<LogPosition, (LogPosition After, byte[] Bytes)>();
        var (last, from, core) = (LogPosition.Start, 0, Array.Empty<byte>());
        for (var i = 0; i < events.Length; i++)
        {
            state.Apply(events[i], At(i));
            if (i % every == 0 && i + every >= events.Length)
            {
                (core, from) = (Core(state), i + 1);
            }

            if (i % every == 0)
            {
                segments[At(i)] = (last, StateCheckpoint.WriteSegment(state, last));
                last = At(i);
            }
        }

        var next = last;
        ReadOnlyMemory<byte>? Segment(LogPosition oldest)
        {
            if (next < oldest || next == LogPosition.Start)
            {
                return null;
            }

            var (after, bytes) = segments[next];
            next = after;
            return bytes;
        }

        var touched = events.Skip(from).Select(e => e.TaskId).OfType<string>().ToHashSet();
        var part = StateCheckpoint.Read(core, Segment, Few + events.Length - from, touched, Segment);
        for (var i = from; i < events.Length; i++)
        {
            part.Apply(events[i], At(i));
        }

        Assert.Equal(Json(state, Few), Json(part, Few));

        static LogPosition At(int i) => new((ulong)(LogScript.Start.ToUnixTimeMilliseconds() + (i * 20)), (ulong)i);
    }, iter: 300);

    /// <summary>Whoever adds a field to a task has to write it to its segment too.</summary>
    [Fact]
    public void Segment_OfATask_HoldsEveryField() => Assert.Equal(
        [
            "Attempt", "DurationMs", "EndedAt", "EnqueuedAt", "Error", "Evidence", "FailureKind", "IsReinstatementDue", "LeftWorkerId", "Message", "Phase", "Position", "ProducedAt", "ProjectId",
            "RepairedAt", "RetryAt", "RunId", "Source", "SpanId", "StartedAt", "Status", "TaskId", "TaskType", "TraceId", "WaitMs", "WaitingSince", "WorkerId",
        ],
        typeof(TaskState).GetProperties().Where(property => property.CanWrite).Select(property => property.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Read_SegmentCutOff_Throws()
    {
        var state = new LogScript().Task(1, EventTypes.TaskStarted, "a", worker: 1).Task(2, EventTypes.TaskCompleted, "a", worker: 1).Fold();
        var core = Core(state);
        var segment = StateCheckpoint.WriteSegment(state, LogPosition.Start);

        Assert.Throws<InvalidDataException>(() => StateCheckpoint.Read(core, _ => null));
        Assert.ThrowsAny<Exception>(() => StateCheckpoint.Read(core, Once(segment.AsMemory(0, segment.Length - 4))));
        Assert.Throws<InvalidDataException>(() => StateCheckpoint.Read(core.AsMemory(0, core.Length / 2), Once(segment)));
        Assert.Equal(Json(state), Json(StateCheckpoint.Read(core, Once(segment))));
    }

    private static Func<LogPosition, ReadOnlyMemory<byte>?> Once(ReadOnlyMemory<byte> segment)
    {
        ReadOnlyMemory<byte>? left = segment;
        return _ =>
        {
            var given = left;
            left = null;
            return given;
        };
    }

    private static Verdict Evidence(int worker, int number) => new()
    {
        WorkerId = worker,
        Reason = VerdictReasons.Silent,
        LastSeenAt = LogScript.At(number / 20.0),
        LastHeartbeatAt = number % 2 == 0 ? null : LogScript.At(number / 30.0),
        TtlMs = 30_000,
        Token = number,
        Upto = new LogPosition((ulong)LogScript.At(number / 10.0).ToUnixTimeMilliseconds(), 0),
    };

    private static string Json(LiveState state, int endedTasks = int.MaxValue) =>
        JsonSerializer.Serialize(state.ToSnapshot(endedTasks), MonitoringJson.Context.LiveStateSnapshot);

    private static byte[] Core(LiveState state)
    {
        var core = new ArrayBufferWriter<byte>();
        StateCheckpoint.WriteCore(state, core);
        return core.WrittenSpan.ToArray();
    }
}
