using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Tests.Fixtures;
using Nexus.Coordinator.Sim.Work;

namespace Nexus.Coordinator.Sim.Tests.Queues;

/// <summary>What every implementation of the queue keeps, seen from two processes that share it.</summary>
public abstract class QueueSuite
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private protected abstract QueueProcess Here { get; }

    private protected abstract QueueProcess There { get; }

    /// <summary>The heartbeat of a worker, or of a process, expires.</summary>
    private protected abstract Task SilenceAsync(string name);

    [Fact]
    public async Task ClaimAsync_SeveralLists_HighFirstThenOldest()
    {
        var (low, oldest, newest, high) =
            (Jobs.New(priority: JobPriority.Low), Jobs.New(), Jobs.New(), Jobs.New(priority: JobPriority.High));
        await Here.Queue.EnqueueAsync(1, [low, oldest, newest, high]);

        var claimed = new List<Job>();
        for (var i = 0; i < 4; i++)
        {
            claimed.Add((await Here.Queue.ClaimAsync(await Here.Workers.RegisterAsync()))!.Job);
        }

        Assert.Equal([high, oldest, newest, low], claimed);
        Assert.Null(await Here.Queue.ClaimAsync(await Here.Workers.RegisterAsync()));
    }

    [Fact]
    public async Task EnqueueAsync_BatchRepeated_IsInTheListOnce()
    {
        var job = Jobs.New();
        await Here.Queue.EnqueueAsync(1, [job]);
        await Here.Queue.EnqueueAsync(1, [job]);
        await Here.Queue.EnqueueAsync(2, [Jobs.New()]);

        Assert.Equal(2, (await Here.Queue.DepthsAsync()).ByPriority["normal_priority"]);
    }

    [Fact]
    public async Task EnqueueAsync_BatchMissing_Throws()
    {
        await Here.Queue.EnqueueAsync(1, [Jobs.New()]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Here.Queue.EnqueueAsync(3, [Jobs.New()]));
    }

    [Fact]
    public async Task EnqueueAsync_OtherProcess_HearsTheDoorbell()
    {
        var rings = There.Queue.Jobs.Rings;

        await Here.Queue.EnqueueAsync(1, [Jobs.New()]);

        await Eventually.IsTrueAsync(() => There.Queue.Jobs.Rings > rings, "the doorbell rings in the other process");
    }

    [Fact]
    public async Task FindClaimedAsync_AfterClaim_IsThatJob()
    {
        await Here.Queue.EnqueueAsync(1, [Jobs.New()]);
        var worker = await Here.Workers.RegisterAsync();
        Assert.Null(await Here.Queue.FindClaimedAsync(worker));

        var claimed = await Here.Queue.ClaimAsync(worker);

        Assert.Equal(claimed, await Here.Queue.FindClaimedAsync(worker));
    }

    [Fact]
    public async Task CompleteAsync_Repeated_IsTrueAndDeliversOneResult()
    {
        var claimed = await ClaimNewAsync();
        var result = JobResult.Success(claimed.Job, 3);

        Assert.True(await Here.Queue.CompleteAsync(claimed, result));
        Assert.True(await Here.Queue.CompleteAsync(claimed, result));

        Assert.Equal([result], await Here.Runs.ReadResultsAsync("here"));
        Assert.Null(await Here.Queue.FindClaimedAsync(claimed.Owner));
    }

    [Fact]
    public async Task RetryAsync_NotDue_StaysAside()
    {
        var claimed = await ClaimNewAsync();
        var next = claimed.Job with { RetryCount = 1 };

        Assert.True(await Here.Queue.RetryAsync(claimed, next, Noon));
        Assert.True(await Here.Queue.RetryAsync(claimed, next, Noon));

        Assert.Equal(0, await Here.Queue.PromoteAsync(Noon.AddMilliseconds(-1)));
        Assert.Equal(1, await Here.Queue.PromoteAsync(Noon));
        Assert.Equal(next, (await There.Queue.ClaimAsync(await There.Workers.RegisterAsync()))!.Job);
    }

    [Fact]
    public async Task PromoteAsync_TwoProcesses_MoveEachJobOnce()
    {
        for (var i = 0; i < 20; i++)
        {
            var claimed = await ClaimNewAsync($"run{i}");
            await Here.Queue.RetryAsync(claimed, claimed.Job with { RetryCount = 1 }, Noon);
        }

        var moved = await Task.WhenAll(Here.Queue.PromoteAsync(Noon), There.Queue.PromoteAsync(Noon));

        Assert.Equal(20, moved.Sum() + await Here.Queue.PromoteAsync(Noon));
        Assert.Equal(20, (await Here.Queue.DepthsAsync()).ByPriority["normal_priority"]);
    }

    [Fact]
    public async Task ReturnAsync_ClaimedJob_GoesFirstAndUnchanged()
    {
        var (first, second) = (Jobs.New(), Jobs.New());
        await Here.Queue.EnqueueAsync(1, [first, second]);
        var worker = await Here.Workers.RegisterAsync();
        var claimed = (await Here.Queue.ClaimAsync(worker))!;

        Assert.True(await Here.Queue.ReturnAsync(claimed));

        Assert.Null(await Here.Queue.FindClaimedAsync(worker));
        Assert.Equal(first, (await There.Queue.ClaimAsync(await There.Workers.RegisterAsync()))!.Job);
    }

    [Fact]
    public async Task RegisterAsync_TwoProcesses_NoIdTwice()
    {
        var workers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? Here : There).Workers.RegisterAsync()));

        Assert.Equal(Enumerable.Range(1, 10), workers.Select(worker => worker.WorkerId).Order());
    }

    [Fact]
    public async Task ReleaseAsync_WithoutJob_FreesTheId()
    {
        var first = await Here.Workers.RegisterAsync();
        await Here.Workers.ReleaseAsync(first);

        var second = await There.Workers.RegisterAsync();

        Assert.Equal(first.WorkerId, second.WorkerId);
        Assert.NotEqual(first.Token, second.Token);
        Assert.False(await Here.Workers.BeatAsync(first));
    }

    [Fact]
    public async Task ReleaseAsync_WithJob_KeepsTheRegistration()
    {
        var claimed = await ClaimNewAsync();

        await Here.Workers.ReleaseAsync(claimed.Owner);

        Assert.True(await Here.Workers.BeatAsync(claimed.Owner));
    }

    [Fact]
    public async Task DeclareLostAsync_LivingWorker_IsFalse()
    {
        var worker = await Here.Workers.RegisterAsync();

        Assert.Empty(await There.Workers.FindSilentAsync());
        Assert.False(await There.Workers.DeclareLostAsync(worker));
        Assert.True(await Here.Workers.BeatAsync(worker));
    }

    [Fact]
    public async Task DeclareLostAsync_SilentWorkerTwoProcesses_IsTrueOnce()
    {
        var worker = await Here.Workers.RegisterAsync();
        await SilenceAsync($"{worker.WorkerId}");
        Assert.Equal([worker], await There.Workers.FindSilentAsync());

        var declared = await Task.WhenAll(Here.Workers.DeclareLostAsync(worker), There.Workers.DeclareLostAsync(worker));

        Assert.Single(declared, true);
        Assert.False(await Here.Workers.BeatAsync(worker));
        Assert.Empty(await Here.Workers.FindSilentAsync());
    }

    [Fact]
    public async Task FindOrphansAsync_LivingOwner_FindsNone()
    {
        await ClaimNewAsync();

        Assert.Empty(await There.Queue.FindOrphansAsync());
    }

    [Fact]
    public async Task RetryAsync_OrphanTwoProcesses_RecoversItOnce()
    {
        var claimed = await LoseWorkerAsync();
        var next = claimed.Job with { RetryCount = 1 };
        var (mine, theirs) = (Assert.Single(await Here.Queue.FindOrphansAsync()), Assert.Single(await There.Queue.FindOrphansAsync()));

        var recovered = await Task.WhenAll(Here.Queue.RetryAsync(mine, next, Noon), There.Queue.RetryAsync(theirs, next, Noon));

        Assert.Single(recovered, true);
        Assert.Equal(1, await Here.Queue.PromoteAsync(Noon));
        Assert.Empty(await Here.Queue.FindOrphansAsync());
    }

    [Fact]
    public async Task CompleteAsync_JobTakenFromItsWorker_IsFalseAndDeliversNothing()
    {
        var claimed = await LoseWorkerAsync();
        var orphan = Assert.Single(await There.Queue.FindOrphansAsync());
        Assert.True(await There.Queue.RetryAsync(orphan, orphan.Job with { RetryCount = 1 }, Noon));

        Assert.False(await Here.Queue.CompleteAsync(claimed, JobResult.Success(claimed.Job, 1)));

        Assert.Empty(await Here.Runs.ReadResultsAsync("here"));
        Assert.Equal(1, await Here.Queue.PromoteAsync(Noon));
    }

    [Fact]
    public async Task ClaimAsync_ByWorkerThatWasDeclaredLost_IsFoundAsOrphan()
    {
        var worker = await Here.Workers.RegisterAsync();
        await SilenceAsync($"{worker.WorkerId}");
        await There.Workers.DeclareLostAsync(worker);
        var successor = await There.Workers.RegisterAsync();
        Assert.Equal(worker.WorkerId, successor.WorkerId);
        var job = Jobs.New();
        await Here.Queue.EnqueueAsync(1, [job]);

        await Here.Queue.ClaimAsync(worker);

        Assert.Equal(job, Assert.Single(await There.Queue.FindOrphansAsync()).Job);
        Assert.Null(await There.Queue.FindClaimedAsync(successor));
    }

    [Fact]
    public async Task RemoveAsync_TwoProcesses_EachJobOfTheRunGoesToOne()
    {
        var ours = Enumerable.Range(0, 10).Select(i => Jobs.New("ours", JobPriorities.All[i % 3])).ToList();
        await Here.Queue.EnqueueAsync(1, ours);
        var delayed = await ClaimNewAsync("late");
        Assert.Equal("ours", delayed.Job.ParentTaskId);
        await Here.Queue.RetryAsync(delayed, delayed.Job with { RetryCount = 1 }, Noon);
        var runs = new HashSet<string> { "ours" };

        var removed = await Task.WhenAll(Here.Queue.RemoveAsync(runs).ToListAsync().AsTask(), There.Queue.RemoveAsync(runs).ToListAsync().AsTask());

        Assert.Equal(ours.Select(job => job.TaskId).Order(), removed.SelectMany(jobs => jobs).Select(job => job.TaskId).Order());
        Assert.Equal(0, await Here.Queue.PromoteAsync(Noon));
        Assert.Equal("late", Assert.Single(await Here.Queue.RemoveAsync(new HashSet<string> { "late" }).ToListAsync()).ParentTaskId);
    }

    [Fact]
    public async Task DepthsAsync_SomeJobs_CountsByPriorityAndType()
    {
        await Here.Queue.EnqueueAsync(
            1, [Jobs.New(), Jobs.New(type: TaskTypes.Reasoning), Jobs.New(priority: JobPriority.High, type: TaskTypes.Reasoning)]);

        var depths = await There.Queue.DepthsAsync();

        Assert.Equal(new Dictionary<string, long> { ["high_priority"] = 1, ["normal_priority"] = 2, ["low_priority"] = 0 }, depths.ByPriority);
        Assert.Equal(TaskTypes.All.Order(), depths.ByTaskType.Keys.Order());
        Assert.Equal((1, 2, 3), (depths.ByTaskType["search"], depths.ByTaskType["reasoning"], depths.ByTaskType.Values.Sum()));
    }

    [Fact]
    public async Task FindAbandonedAsync_SilentProcess_FindsItsRunsOnly()
    {
        await Here.Runs.BeatAsync("here");
        await There.Runs.BeatAsync("there");
        var (mine, theirs) = (Run("run1", "here"), Run("run2", "there"));
        await Here.Runs.AddAsync(mine);
        await There.Runs.AddAsync(theirs);
        Assert.Empty(await Here.Runs.FindAbandonedAsync());

        await SilenceAsync("there");

        Assert.Equal([theirs], await Here.Runs.FindAbandonedAsync());
        Assert.Equal(["run1", "run2"], (await Here.Runs.BeatAsync("here")).Order());
    }

    [Fact]
    public async Task RemoveAsync_RunTwoProcesses_IsTrueForOneHoweverOftenItAsks()
    {
        await Here.Runs.AddAsync(Run("run1", "here"));

        var removed = await Task.WhenAll(Here.Runs.RemoveAsync("run1", "here"), There.Runs.RemoveAsync("run1", "there"));

        Assert.Single(removed, true);
        Assert.Equal(removed[0], await Here.Runs.RemoveAsync("run1", "here"));
        Assert.Equal(removed[1], await There.Runs.RemoveAsync("run1", "there"));
    }

    [Fact]
    public async Task DropResultsAsync_WhileOthersArrive_DropsWhatWasReadOnly()
    {
        var first = await ClaimNewAsync("run1");
        await Here.Queue.CompleteAsync(first, JobResult.Success(first.Job, 1));
        var read = await Here.Runs.ReadResultsAsync("here");
        var second = await ClaimNewAsync("run2");
        await There.Queue.CompleteAsync(second, JobResult.Failure(second.Job, "HTTP 429 from provider"));

        await Here.Runs.DropResultsAsync("here", read);
        await Here.Runs.DropResultsAsync("here", read);

        Assert.Equal([JobResult.Failure(second.Job, "HTTP 429 from provider")], await Here.Runs.ReadResultsAsync("here"));
    }

    [Fact]
    public async Task RingResults_OtherProcess_HearsTheDoorbell()
    {
        var rings = There.Runs.Results.Rings;

        Here.Runs.RingResults(There.Name);

        await Eventually.IsTrueAsync(() => There.Runs.Results.Rings > rings, "the doorbell rings in the other process");
    }

    private static RunRecord Run(string id, string coordinator) => new(id, "market-atlas", "EU packaging suppliers", coordinator, Noon, null);

    private async Task<ClaimedJob> ClaimNewAsync(string run = "run1")
    {
        await Here.Queue.EnqueueAsync(1, [Jobs.New(run)]);
        return (await Here.Queue.ClaimAsync(await Here.Workers.RegisterAsync()))!;
    }

    private async Task<ClaimedJob> LoseWorkerAsync()
    {
        var claimed = await ClaimNewAsync();
        await SilenceAsync($"{claimed.Owner.WorkerId}");
        await There.Workers.DeclareLostAsync(claimed.Owner);
        return claimed;
    }
}
