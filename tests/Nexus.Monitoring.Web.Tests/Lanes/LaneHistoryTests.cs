using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.Lanes;

namespace Nexus.Monitoring.Web.Tests.Lanes;

public sealed class LaneHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly LaneHistory _lanes = new();
    private ulong _sequence;

    [Fact]
    public void Build_AttemptsOfAWorker_AreWhereTheyWere()
    {
        Apply(0, EventTypes.WorkerStarted, 1);
        Apply(10, EventTypes.TaskStarted, 1, "a");
        Apply(40, EventTypes.TaskCompleted, 1, "a");
        Apply(50, EventTypes.TaskStarted, 1, "b");
        Apply(60, EventTypes.TaskRetry, 1, "b");
        Apply(80, EventTypes.TaskStarted, 1, "c");

        var board = _lanes.Build(Start.AddSeconds(100), Window);

        Assert.Equal(
            [("a", 10, 40, LaneMark.None), ("b", 50, 60, LaneMark.Failed), ("c", 80, 100, LaneMark.Open)],
            board.Of(1).OrderBy(bar => bar.From).Select(bar => (bar.TaskId!, Seconds(bar.From), Seconds(bar.To), bar.Marks)));
        Assert.Equal(0.6, board.UtilisationOf(1)!.Value, 3);
        Assert.Equal(Start, board.KnownSince);
    }

    [Fact]
    public void Build_SeveralTasksAtOnce_IsNeverMoreThanBusy()
    {
        Apply(0, EventTypes.TaskStarted, 1, "a");
        Apply(0, EventTypes.TaskStarted, 1, "b");
        Apply(20, EventTypes.TaskCompleted, 1, "b");
        Apply(50, EventTypes.TaskCompleted, 1, "a");

        Assert.Equal(0.5, _lanes.Build(Start.AddSeconds(100), Window).UtilisationOf(1)!.Value, 3);
    }

    [Fact]
    public void Build_WorkerLostAndBack_IsSilentFromItsLastSignOfLife()
    {
        Apply(0, EventTypes.TaskStarted, 1, "a");
        Apply(40, EventTypes.WorkerLost, 1, seen: 10);
        Apply(40, EventTypes.TaskStalled, 1, "a", seen: 10);
        var lost = _lanes.Build(Start.AddSeconds(60), Window);
        Apply(70, EventTypes.WorkerHeartbeat, 1);
        var back = _lanes.Build(Start.AddSeconds(90), Window);

        Assert.Contains(lost.Of(1), bar => bar.Marks == LaneMark.Orphaned && (Seconds(bar.From), Seconds(bar.To)) == (0, 10));
        Assert.Contains(lost.Of(1), bar => bar.Marks == (LaneMark.Silent | LaneMark.Open) && (Seconds(bar.From), Seconds(bar.To)) == (10, 60));
        Assert.Contains(back.Of(1), bar => bar.Marks == LaneMark.Silent && (Seconds(bar.From), Seconds(bar.To)) == (10, 70));
    }

    [Fact]
    public void Build_VerdictThatTheLogContradicts_LeavesTheWorkerAtWork()
    {
        Apply(0, EventTypes.TaskStarted, 1, "a");
        Apply(39, EventTypes.WorkerHeartbeat, 1);
        Apply(40, EventTypes.WorkerLost, 1, seen: 0, upto: 38);
        Apply(40, EventTypes.TaskStalled, 1, "a", seen: 0, upto: 38);

        var bar = Assert.Single(_lanes.Build(Start.AddSeconds(60), Window).Of(1));
        Assert.Equal((0, 60, LaneMark.Open), (Seconds(bar.From), Seconds(bar.To), bar.Marks));
    }

    [Fact]
    public void Build_WorkerIsBackAndItsTaskReinstated_GoesOnWithIt()
    {
        Apply(0, EventTypes.TaskStarted, 1, "a");
        Apply(40, EventTypes.WorkerLost, 1, seen: 10);
        Apply(40, EventTypes.TaskStalled, 1, "a", seen: 10);
        Apply(50, EventTypes.WorkerHeartbeat, 1);
        Apply(51, EventTypes.TaskReinstated, 1, "a");

        Assert.Contains(_lanes.Build(Start.AddSeconds(60), Window).Of(1), bar => bar is { TaskId: "a", Marks: LaneMark.Open } && (Seconds(bar.From), Seconds(bar.To)) == (51, 60));
    }

    [Fact]
    public void Build_ReinstatedAfterAnotherTookIt_StaysLeftBehind()
    {
        Apply(0, EventTypes.TaskStarted, 1, "a");
        Apply(40, EventTypes.TaskStalled, 1, "a", seen: 10);
        Apply(50, EventTypes.TaskStarted, 2, "a");
        Apply(51, EventTypes.TaskReinstated, 1, "a");

        var board = _lanes.Build(Start.AddSeconds(60), Window);
        Assert.DoesNotContain(board.Of(1), bar => bar.Marks.HasFlag(LaneMark.Open));
        Assert.Contains(board.Of(2), bar => bar is { TaskId: "a", Marks: LaneMark.Open });
    }

    [Fact]
    public void Build_ShortAttempts_AreDrawnTogetherAndFailuresApart()
    {
        for (var i = 0; i < 100; i++)
        {
            Apply(i / 10.0, EventTypes.TaskStarted, 1, $"t{i}");
            Apply((i / 10.0) + 0.09, i == 50 ? EventTypes.TaskFailed : EventTypes.TaskCompleted, 1, $"t{i}");
        }

        var bars = _lanes.Build(Start.AddSeconds(20), Window).Of(1).ToList();

        Assert.InRange(bars.Count, 10, 25);
        Assert.Equal(100, bars.Sum(bar => bar.Attempts));
        Assert.Single(bars, bar => bar.Marks == LaneMark.Failed);
    }

    [Fact]
    public void Build_Again_NumbersWhatEndedWithoutABreak()
    {
        Apply(0, EventTypes.TaskStarted, 1, "a");
        Apply(10, EventTypes.TaskCompleted, 1, "a");
        var first = _lanes.Build(Start.AddSeconds(20), Window);
        Apply(30, EventTypes.TaskStarted, 1, "b");
        Apply(40, EventTypes.TaskCompleted, 1, "b");
        var second = _lanes.Build(Start.AddSeconds(50), Window);
        var third = _lanes.Build(Start.AddSeconds(20) + Window, Window);

        Assert.Equal(["b"], second.Ended.Skip((int)(first.First + first.Ended.Count - second.First)).Select(bar => bar.TaskId!));
        Assert.Equal(1, third.First);
    }

    [Fact]
    public void Build_EndWithoutABeginning_IsAsLongAsItSays()
    {
        Apply(0, EventTypes.WorkerStarted, 1);
        Apply(60, EventTypes.TaskCompleted, 1, "a", durationMs: 30_000);
        Apply(70, EventTypes.TaskCompleted, 1, "b");

        var bar = Assert.Single(_lanes.Build(Start.AddSeconds(100), Window).Of(1));
        Assert.Equal((30, 60), (Seconds(bar.From), Seconds(bar.To)));
    }

    private void Apply(double second, string type, int worker, string? task = null, double? seen = null, double? upto = null, long? durationMs = null)
    {
        var at = Start.AddSeconds(second);
        var verdict = seen is { } last
            ? new Verdict { WorkerId = worker, Reason = VerdictReasons.Silent, LastSeenAt = Start.AddSeconds(last), TtlMs = 30_000, Token = 1, Upto = LogPosition.At(Start.AddSeconds(upto ?? second)) }
            : null;
        _lanes.Apply(
            new MonitoringEvent
            {
                EventId = $"e{_sequence}",
                Timestamp = at,
                EventType = type,
                WorkerId = worker,
                TaskId = task,
                TaskType = task is null ? null : "search",
                DurationMs = durationMs,
                Meta = verdict?.ToMeta(),
            },
            new LogPosition((ulong)at.ToUnixTimeMilliseconds(), ++_sequence));
    }

    private static int Seconds(DateTimeOffset time) => (int)(time - Start).TotalSeconds;
}
