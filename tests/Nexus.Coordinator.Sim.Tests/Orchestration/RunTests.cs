using System.Collections.Concurrent;
using System.Diagnostics;
using Nexus.Coordinator.Sim.Orchestration;
using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Coordinator.Sim.Tests.Orchestration;

public sealed class RunTests
{
    [Fact]
    public void Run_ToItsEnd_CountsAddUpAndTheNextBegins()
    {
        using var world = new World();
        var process = world.Start(options => (options.RunsAtOnce, options.Rate) = (2, 20));
        world.AdvanceUntil(() => world.Publisher.OfType(EventTypes.RunCompleted).Count >= 3, TimeSpan.FromMinutes(5), "three runs complete");
        Assert.True(process.Get<ActiveRuns>().All.Count <= 2);

        world.Stop(process);

        Ledger.AllTasksEndedOnce(world.Events);
        Ledger.AllCountsAddUp(world.Events);
        Assert.True(world.Publisher.OfType(EventTypes.RunStarted).Select(e => e.ProjectId).Distinct().Count() > 1);
        Assert.All(world.Publisher.OfType(EventTypes.RunStarted), e => Assert.False(string.IsNullOrEmpty(e.Message)));
    }

    [Fact]
    public void Stop_InTheMiddle_LeavesNothingBehind()
    {
        using var world = new World();
        var process = world.Start();
        world.Advance(TimeSpan.FromSeconds(47));
        Assert.NotEmpty(world.Store.Processing);

        world.Stop(process);

        Assert.Empty(world.Store.Processing);
        Assert.Empty(world.Store.Workers);
        Assert.Empty(world.Store.Delayed);
        Assert.Empty(world.Store.Runs);
        Assert.All(world.Store.Lists.Values, Assert.Empty);
        Assert.Equal(Enumerable.Range(1, 12), world.Publisher.OfType(EventTypes.WorkerStopped).Select(e => e.WorkerId!.Value).Order());
        Ledger.AllTasksEndedOnce(world.Events);
        Ledger.AllCountsAddUp(world.Events);
    }

    [Fact]
    public void Stop_AttemptLongerThanTheGrace_ReturnsItsJob()
    {
        using var world = new World();
        var process = world.Start(
            options => (options.RunsAtOnce, options.ShutdownGraceSeconds) = (1, 2), new ScriptedWork(world.Time) { Takes = _ => TimeSpan.FromHours(1) });
        world.AdvanceUntil(() => process.Coordinator.Workers.Any(worker => worker.Current is not null), TimeSpan.FromSeconds(10), "a worker is busy");
        var before = world.Time.GetUtcNow();

        world.Stop(process);

        Assert.InRange(world.Time.GetUtcNow() - before, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
        Assert.Empty(world.Store.Processing);
        Assert.All(world.Store.Lists.Values, Assert.Empty);
        Ledger.AllTasksEndedOnce(world.Events);
    }

    [Fact]
    public void Stop_QueueIsJustBack_TellsWhatTheAttemptCameTo()
    {
        using var world = new World();
        var process = world.Start(options => (options.RunsAtOnce, options.ShutdownGraceSeconds) = (1, 0), new ScriptedWork(world.Time));
        world.AdvanceUntil(() => process.Coordinator.Workers.Any(worker => worker.Current is not null), TimeSpan.FromSeconds(10), "a worker is busy");
        world.Do(() => world.Store.IsAway = true);
        world.Advance(TimeSpan.FromSeconds(10));
        var held = process.Coordinator.Workers.Select(worker => worker.Current?.TaskId).OfType<string>().ToList();

        world.Do(() => world.Store.IsAway = false);
        world.Stop(process);

        Assert.NotEmpty(held);
        Assert.Superset(held.ToHashSet(), world.Publisher.OfType(EventTypes.TaskCompleted).Select(e => e.TaskId!).ToHashSet());
        Ledger.AllTasksEndedOnce(world.Events);
    }

    [Fact]
    public void AbandonedRun_OfAProcessThatDied_IsEndedAndItsTasksWithIt()
    {
        using var world = new World();
        var jobs = new[] { Jobs.New("dead", coordinator: "gone"), Jobs.New("dead", JobPriority.Low, coordinator: "gone") };
        world.Store.Runs["dead"] = JobJson.Write(new RunRecord("dead", "patent-radar", "Heat-pump refrigerants", "gone", world.Time.GetUtcNow(), null));
        world.Store.Lists[JobPriority.Low].AddFirst(JobJson.Write(jobs[1]));
        world.Store.Delayed.Add((JobJson.Write(jobs[0]), world.Time.GetUtcNow().AddHours(1)));

        world.Start(options => options.RunsAtOnce = 1, new ScriptedWork(world.Time) { Takes = _ => TimeSpan.FromHours(1) });
        world.Start(options => options.RunsAtOnce = 1, new ScriptedWork(world.Time) { Takes = _ => TimeSpan.FromHours(1) });
        world.Advance(TimeSpan.FromSeconds(30));

        var failed = Assert.Single(world.Publisher.OfType(EventTypes.RunFailed));
        Assert.Equal(("dead", "patent-radar", "The coordinator that drove the run is gone"), (failed.TaskId, failed.ProjectId, failed.Error));
        Assert.DoesNotContain("dead", world.Store.Runs.Keys);
        Assert.Empty(world.Store.Delayed);
        Assert.DoesNotContain(world.Store.Lists.Values.SelectMany(list => list), raw => JobJson.ReadJob(raw)!.ParentTaskId == "dead");
        Assert.Contains(world.Publisher.OfType(EventTypes.TaskCancelled), e => e.TaskId == jobs[0].TaskId);
        Assert.Empty(world.Publisher.OfType(EventTypes.TaskFailed));
    }

    [Fact]
    public void QueueLosesItsData_RunUnderWay_FailsInsteadOfWaitingForEver()
    {
        using var world = new World();
        var process = world.Start(options => options.RunsAtOnce = 1);
        world.Advance(TimeSpan.FromSeconds(25));

        world.Do(() =>
        {
            world.Store.Runs.Clear();
            world.Store.Batches.Clear();
            world.Store.Delayed.Clear();
            world.Store.Workers.Clear();
            world.Store.Processing.Clear();
            world.Store.Heartbeats.Clear();
            Assert.All(world.Store.Lists.Values, list => list.Clear());
        });
        world.AdvanceUntil(() => world.Publisher.OfType(EventTypes.RunFailed).Count > 0, TimeSpan.FromSeconds(30), "the run fails");
        world.AdvanceUntil(() => world.Publisher.OfType(EventTypes.RunCompleted).Count > 0, TimeSpan.FromMinutes(10), "a later run completes");

        var failed = Assert.Single(world.Publisher.OfType(EventTypes.RunFailed));
        Assert.Equal("The queue has lost the run's tasks", failed.Error);
        Ledger.AllTasksEndedOnce([.. world.Events.Where(e => e.RunId == failed.TaskId)]);
        Assert.Equal(12, process.Coordinator.Workers.Count);
    }

    [Fact]
    public void Run_WithListener_IsOneTraceFromRunOverPhaseToTask()
    {
        using var world = new World();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Nexus.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var process = world.Start(options => (options.RunsAtOnce, options.Rate, options.FailureRate) = (2, 20, 0.2));
        world.AdvanceUntil(() => world.Publisher.OfType(EventTypes.RunCompleted, EventTypes.RunFailed).Count >= 2, TimeSpan.FromMinutes(5), "two runs end");
        world.Stop(process);

        var ofRuns = world.Events.Where(e => e.RunId is not null && e.EventType != EventTypes.WorkerHeartbeat).GroupBy(e => e.RunId).ToList();
        Assert.All(ofRuns, run => Assert.Single(run.Select(e => e.TraceId).Distinct()));
        Assert.Equal(ofRuns.Count, ofRuns.Select(run => run.First().TraceId).Distinct().Count());
        var byId = spans.DistinctBy(span => span.SpanId).ToDictionary(span => span.SpanId.ToHexString());
        Assert.All(world.Publisher.OfType(EventTypes.TaskStarted), started =>
        {
            var chain = new List<string>();
            for (var id = started.SpanId; id is not null && byId.TryGetValue(id, out var span);)
            {
                chain.Add(span.OperationName.Split(' ')[0]);
                id = span.ParentSpanId == default ? null : span.ParentSpanId.ToHexString();
            }

            Assert.Equal(["task", "enqueue", "phase", "run"], chain);
        });
    }
}
