using System.Text.Json;
using Nexus.Monitoring.Api.Watch;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Tests.Watch;

/// <summary>
/// Situations on a clock of the test's own, with every verdict written by hand. A node begins to observe at its first look, at 0.5 s, and judges at each
/// look by the one before.
/// </summary>
public sealed class WatcherTests
{
    private readonly WatchStage _stage = new();
    private readonly WatchStage.Node _node;

    public WatcherTests() => _node = _stage.AddNode();

    [Fact]
    public async Task OneOfFourDies_ItsTwentyTasksAreOrphaned_NoOther()
    {
        for (var worker = 1; worker <= 4; worker++)
        {
            _stage.StartWorker(worker);
        }

        for (var i = 0; i < 20; i++)
        {
            _stage.Task(EventTypes.TaskStarted, $"dead{i}", 2);
            _stage.Task(EventTypes.TaskStarted, $"live{i}", 1 + (i % 2 * 2));
        }

        await _stage.PassAsync(35);
        _stage.Silence(2);
        await _stage.PassAsync(40);

        // Its last beat was at 30 s. At 60 s the time to live is over, and the look after that finds the log folded up to there.
        Assert.Equal(
            ["60.5 worker_lost 2", .. Enumerable.Range(0, 20).Reverse().Select(i => $"60.5 orphaned dead{i}")], _stage.Verdicts);
        var lost = _stage.VerdictEvents[0];
        Assert.Equal("Worker 2 lost: no heartbeat for 30 s, last seen at 12:00:30 UTC", lost.Error);
        Assert.Equal((2, VerdictReasons.Silent, WatchStage.Start.AddSeconds(30), 30_000L, 1L), Essence(Verdict.Of(lost)!));
        _node.View.Read(state =>
        {
            Assert.Equal((20L, 20L), (state.All.Tasks.Orphaned, state.All.Tasks.Processing));
            Assert.Equal((WorkerStatus.Lost, 20), (state.Worker(2)!.Status, state.Worker(2)!.TasksHeld));
            Assert.All(LiveState.HeldBy(state.Worker(2)!), task => Assert.Equal(VerdictReasons.Silent, task.Evidence!.Reason));
            return state.WorkersOnline;
        });
    }

    [Fact]
    public async Task PausedWorkerComesBack_IsReinstatedWithItsTasks()
    {
        _stage.StartWorker(7);
        _stage.Task(EventTypes.TaskStarted, "a", 7);
        _stage.Task(EventTypes.TaskStarted, "requeued", 7);
        _stage.Silence(7);
        await _stage.PassAsync(40);
        _stage.Task(EventTypes.TaskEnqueued, "requeued");

        _stage.Wake(7);
        await _stage.PassAsync(60);

        Assert.Equal(["31 worker_lost 7", "31 orphaned requeued", "31 orphaned a", "40.5 processing a"], _stage.Verdicts);
        _node.View.Read(state =>
        {
            var worker = state.Worker(7)!;
            Assert.Equal((WorkerStatus.Busy, "a", WatchStage.Start.AddSeconds(40)), (worker.Status, worker.TaskId, worker.ReinstatedAt));
            Assert.Equal((EventStatuses.Processing, WatchStage.Start.AddSeconds(40)), (state.Task("a")!.Status, state.Task("a")!.RepairedAt));
            Assert.Equal(EventStatuses.Pending, state.Task("requeued")!.Status);
            return 0;
        });
    }

    /// <summary>A sign of life is no event of the task: who reads only its own events learns of it by the one that the watcher appends.</summary>
    [Fact]
    public async Task PausedWorkerComesBack_TheTasksOwnEventsTellTheSameAsTheBoard()
    {
        _stage.StartWorker(7);
        _stage.Task(EventTypes.TaskStarted, "a", 7);
        _stage.Silence(7);
        await _stage.PassAsync(40);
        _stage.Wake(7);
        await _stage.PassAsync(5);

        var (told, story) = _stage.ToldByItself("a");
        Assert.Equal(Json(_node.View.Read(state => state.Task("a")!)), Json(told));
        Assert.Equal(
            (EventStatuses.Processing, WatchStage.Start.AddSeconds(40), VerdictReasons.Silent), (story.Status, story.RepairedAt, story.Evidence!.Reason));
        var span = Assert.Single(story.Spans);
        Assert.Equal(
            (null, null, WatchStage.Start.AddSeconds(31), WatchStage.Start.AddSeconds(40)), (span.To, span.Outcome, span.OrphanedAt, span.RepairedAt));
    }

    [Fact]
    public async Task SignOfLifeOvertakesTheVerdict_TheTasksOwnEventsTellThatItWasVoid()
    {
        _stage.StartWorker(7);
        _stage.Task(EventTypes.TaskStarted, "a", 7);
        _stage.Silence(7);
        _stage.BeforeAppend = () => _stage.Wake(7);
        await _stage.PassAsync(33);

        Assert.Equal(["31 worker_lost 7", "31 orphaned a", "32 processing a"], _stage.Verdicts);
        var (told, story) = _stage.ToldByItself("a");
        Assert.Equal(Json(_node.View.Read(state => state.Task("a")!)), Json(told));
        Assert.Equal((EventStatuses.Processing, null, null, null), (told.Status, told.Evidence, told.RepairedAt, told.Error));
        var span = Assert.Single(story.Spans);
        Assert.Equal((EventStatuses.Processing, null, null, null), (story.Status, span.To, span.Outcome, span.OrphanedAt));
    }

    /// <summary>The append was carried out and nobody said so: it is found in the log, and not made again.</summary>
    [Fact]
    public async Task AnswerToAnAppendIsLost_NoVerdictIsGivenTwice()
    {
        _stage.StartWorker(7);
        _stage.Task(EventTypes.TaskStarted, "a", 7);
        _stage.Silence(7);
        _stage.LosesNextAnswer = true;
        await _stage.PassAsync(120);

        Assert.False(_stage.LosesNextAnswer);
        Assert.Equal(["31 worker_lost 7", "31 orphaned a"], _stage.Verdicts);
        Assert.True(_node.Watcher.IsWatching);

        _stage.StartWorker(8);
        _stage.Silence(8);
        await _stage.PassAsync(60);
        Assert.Equal("worker_lost 8", _stage.Verdicts[^1].Split(' ', 2)[1]);
    }

    [Fact]
    public async Task LateCompletion_RepairsTheTask_AndSaysSo()
    {
        _stage.StartWorker(7);
        _stage.Task(EventTypes.TaskStarted, "a", 7);
        _stage.Silence(7);
        await _stage.PassAsync(50);

        _stage.Task(EventTypes.TaskCompleted, "a", 7);
        await _stage.PassAsync(1);

        var task = _node.View.Read(state => state.Task("a")!);
        Assert.Equal((EventStatuses.Completed, WatchStage.Start.AddSeconds(50), 7), (task.Status, task.RepairedAt, task.Evidence!.WorkerId));
    }

    [Fact]
    public async Task TwoNodes_OneVerdictEach()
    {
        var second = _stage.AddNode();
        _stage.StartWorker(1);
        _stage.StartWorker(2);
        _stage.Task(EventTypes.TaskStarted, "a", 1);
        _stage.Task(EventTypes.TaskStarted, "b", 2);
        _stage.Silence(1);
        await _stage.PassAsync(50);
        _stage.Silence(2);
        await _stage.PassAsync(100);

        Assert.Equal(["31 worker_lost 1", "31 orphaned a", "80.5 worker_lost 2", "80.5 orphaned b"], _stage.Verdicts);
        Assert.Equal((true, false), (_node.Watcher.IsWatching, second.Watcher.IsWatching));
    }

    [Fact]
    public async Task WatchingNodeDies_TheOtherTakesOverWithinTheLease_AndGivesEachVerdictOnce()
    {
        var second = _stage.AddNode();
        _stage.StartWorker(1);
        _stage.Task(EventTypes.TaskStarted, "a", 1);
        _stage.Silence(1);
        await _stage.PassAsync(25);
        _node.IsAsleep = true;
        await _stage.PassAsync(100);

        // The lease was renewed at 21.5 s at the earliest and 25 s at the latest
        Assert.Equal(["worker_lost 1", "orphaned a"], _stage.Verdicts.Select(verdict => verdict[(verdict.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
        Assert.InRange(double.Parse(_stage.Verdicts[0].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), 31, 37);
        Assert.True(second.Watcher.IsWatching);
        Assert.Equal(2, Verdict.Of(_stage.VerdictEvents[0])!.Token);
    }

    [Fact]
    public async Task WatchingNodeDiesRightAfterItsVerdict_TheOtherDoesNotRepeatIt()
    {
        _stage.AddNode();
        _stage.StartWorker(1);
        _stage.Task(EventTypes.TaskStarted, "a", 1);
        _stage.Silence(1);
        await _stage.PassAsync(31);
        _node.IsAsleep = true;
        await _stage.PassAsync(100);

        Assert.Equal(["31 worker_lost 1", "31 orphaned a"], _stage.Verdicts);
    }

    [Fact]
    public async Task DeposedNodeWakes_AppendsNothing()
    {
        var second = _stage.AddNode();
        _stage.StartWorker(1);
        await _stage.PassAsync(5);
        _node.IsAsleep = true;
        await _stage.PassAsync(60);
        _stage.Silence(1);
        _node.IsAsleep = false;
        await _stage.PassAsync(60);

        Assert.Equal(["90.5 worker_lost 1"], _stage.Verdicts);
        Assert.Equal((false, true), (_node.Watcher.IsWatching, second.Watcher.IsWatching));
    }

    [Fact]
    public async Task EverythingWasAsleep_NobodyIsLostBeforeATimeToLiveWasObserved()
    {
        _stage.StartWorker(1);
        _stage.StartWorker(2);
        await _stage.PassAsync(15);

        _stage.Time.Advance(TimeSpan.FromHours(1));
        _stage.Silence(2);
        await _stage.PassAsync(29);
        Assert.Empty(_stage.Verdicts);
        await _stage.PassAsync(20);

        // Awake again at 3615.5 s; worker 1 has beaten since
        Assert.Equal(["3646 worker_lost 2"], _stage.Verdicts);
    }

    [Fact]
    public async Task LogWasAway_NobodyIsLostBeforeATimeToLiveWasObserved()
    {
        _stage.StartWorker(1);
        await _stage.PassAsync(15);
        _stage.Silence(1);
        _stage.IsAway = true;
        await _stage.PassAsync(100);
        _stage.IsAway = false;
        await _stage.PassAsync(29);
        Assert.Empty(_stage.Verdicts);

        await _stage.PassAsync(20);

        Assert.Equal("worker_lost 1", Assert.Single(_stage.Verdicts).Split(' ', 2)[1]);
    }

    [Fact]
    public async Task WorkerStopped_WhatItLeftBehindIsOrphanedAfterATimeToLive()
    {
        _stage.StartWorker(1);
        _stage.Task(EventTypes.TaskStarted, "a", 1);
        await _stage.PassAsync(5);
        _stage.Silence(1);
        _stage.Append(EventTypes.WorkerStopped, e => e with { WorkerId = 1 });
        await _stage.PassAsync(60);

        Assert.Equal(["35.5 orphaned a"], _stage.Verdicts);
        Assert.Equal("Worker 1 stopped at 12:00:05 UTC without ending its task", _stage.VerdictEvents[0].Error);
    }

    [Fact]
    public async Task WorkerBeganAnew_OnlyWhatTheOneBeforeLeftIsOrphaned()
    {
        _stage.StartWorker(1);
        _stage.Task(EventTypes.TaskStarted, "old", 1);
        await _stage.PassAsync(5);
        _stage.StartWorker(1);
        await _stage.PassAsync(1);
        _stage.Task(EventTypes.TaskStarted, "new", 1);
        await _stage.PassAsync(60);

        Assert.Equal(["35.5 orphaned old"], _stage.Verdicts);
        Assert.Equal("Worker 1 began anew at 12:00:05 UTC without ending its task", _stage.VerdictEvents[0].Error);
    }

    [Fact]
    public async Task HeartbeatKeyLives_SilenceInTheLogAloneIsNoProof()
    {
        _stage.StartWorker(1);
        _stage.Silence(1);
        _stage.KeepKey(1);
        await _stage.PassAsync(100);
        Assert.Empty(_stage.Verdicts);

        _stage.KeepKey(1, isThere: false);
        await _stage.PassAsync(2);

        Assert.Equal("worker_lost 1", Assert.Single(_stage.Verdicts).Split(' ', 2)[1]);
    }

    [Fact]
    public async Task ThousandsOfKeysLiveWithoutEvents_TheOneThatIsSilentIsLostInTime()
    {
        for (var worker = 1; worker <= 2 * VerdictRules.Most; worker++)
        {
            _stage.StartWorker(worker);
            _stage.Silence(worker);
            _stage.KeepKey(worker);
        }

        _stage.StartWorker(9_999);
        _stage.Silence(9_999);
        await _stage.PassAsync(32);

        Assert.Equal(["31 worker_lost 9999"], _stage.Verdicts);
    }

    [Fact]
    public async Task ProducerClocksAreWrong_NobodyIsLost()
    {
        _stage.Append(EventTypes.WorkerStarted, e => e with { WorkerId = 1, Timestamp = e.Timestamp.AddMinutes(-5) });
        _stage.Append(EventTypes.WorkerStarted, e => e with { WorkerId = 2, Timestamp = e.Timestamp.AddHours(2) });
        for (var i = 0; i < 10; i++)
        {
            await _stage.PassAsync(10);
            _stage.Append(EventTypes.WorkerHeartbeat, e => e with { WorkerId = 1, Timestamp = e.Timestamp.AddMinutes(-5) });
            _stage.Append(EventTypes.WorkerHeartbeat, e => e with { WorkerId = 2, Timestamp = e.Timestamp.AddHours(2) });
        }

        Assert.Empty(_stage.Verdicts);
    }

    [Fact]
    public async Task WorkerThatNeverPromisedHeartbeats_IsNotLost()
    {
        _stage.Task(EventTypes.TaskStarted, "a", 9);
        await _stage.PassAsync(300);

        Assert.Empty(_stage.Verdicts);
    }

    [Fact]
    public async Task MoreTasksThanOneAppendTakes_AllAreOrphanedOnce()
    {
        _stage.StartWorker(1);
        for (var i = 0; i < 2_500; i++)
        {
            _stage.Task(EventTypes.TaskStarted, $"t{i}", 1);
        }

        _stage.Silence(1);
        await _stage.PassAsync(40);

        Assert.Equal(2_501, _stage.Verdicts.Count);
        Assert.Equal(2_501, _stage.Verdicts.Select(verdict => verdict.Split(' ', 2)[1]).Distinct().Count());
    }

    private static string Json(TaskState task) => JsonSerializer.Serialize(task, MonitoringJson.Context.TaskState);

    private static (int, string, DateTimeOffset, long, long) Essence(Verdict verdict) =>
        (verdict.WorkerId, verdict.Reason, verdict.LastSeenAt, verdict.TtlMs, verdict.Token);
}
