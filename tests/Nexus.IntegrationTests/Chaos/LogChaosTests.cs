using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.IntegrationTests.Chaos;

/// <summary>Events come twice, in the wrong order, or to somebody who takes none: the board tells what happened, once, in the log's order.</summary>
public sealed class LogChaosTests
{
    private static readonly (string, string)[] Busy = [("Rate", "20")];

    [Fact]
    public async Task DuplicateEvents_ForAWhile_AreFoldedOnce()
    {
        await using var stack = await BrokenStack.StartAsync(simulation: Busy);
        await stack.SeesAsync(state => state.All.Tasks.Completed > 0, "tasks are done");

        await stack.BreakAsync("duplicate-events?seconds=6");
        await stack.SeesAsync(state => state.EventsRepeated > 100, "events came twice");
        await Eventually.IsTrueAsync(async () => (await stack.GetAsync("/demo/chaos")).GetProperty("running").GetArrayLength() == 0, "it is over");
        await stack.Simulator.StopAsync();
        await stack.SeesAsync(state => state.WorkersOnline == 0, "the simulator is gone");

        var (state, log) = (await stack.StateAsync(), await stack.LogAsync());
        var distinct = log.DistinctBy(one => one.Event.EventId).ToList();
        Assert.Equal((log.Count - distinct.Count, distinct.Count), (state.EventsRepeated, state.Events));
        Assert.Equal(distinct.Count(one => one.Event.EventType == EventTypes.TaskCompleted), state.GoneWorkers.Sum(worker => worker.Completed));
        Assert.Equal(distinct.Count(one => one.Event.EventType == EventTypes.TaskCompleted), state.All.Tasks.Completed);
        Assert.Equal(distinct.Count(one => one.Event.EventType == EventTypes.TaskRetry), state.All.Tasks.Retries);
        Assert.Equal((0L, 0L), (state.All.Tasks.Processing, state.All.Tasks.Orphaned));
    }

    [Fact]
    public async Task ReorderEvents_ForAWhile_NothingThatEndedRunsOnTheBoard()
    {
        await using var stack = await BrokenStack.StartAsync(simulation: [("Rate", "40")]);
        await stack.SeesAsync(state => state.All.Tasks.Completed > 0, "tasks are done");

        await stack.BreakAsync("reorder-events?window_ms=1500&seconds=12");
        await Eventually.IsTrueAsync(async () => (await stack.GetAsync("/demo/chaos")).GetProperty("running").GetArrayLength() == 0, "it is over");
        await stack.Simulator.StopAsync();
        await stack.SeesAsync(state => state.WorkersOnline == 0, "the simulator is gone");

        var (state, log) = (await stack.StateAsync(), await stack.LogAsync());
        var started = log.Where(one => one.Event.EventType == EventTypes.TaskStarted).ToLookup(one => (one.Event.TaskId, one.Event.RetryCount), one => one.At);
        var late = log.Count(one => one.Event.EventType == EventTypes.TaskCompleted && started[(one.Event.TaskId, one.Event.RetryCount)].Any(at => at > one.At));
        Assert.True(late > 0, "no task ended in the log before it began: nothing was tried");
        Assert.Equal(log.Where(one => one.Event.EventType == EventTypes.TaskCompleted).Select(one => one.Event.TaskId).Distinct().Count(), state.All.Tasks.Completed);
        Assert.Equal((0L, 0L), (state.All.Tasks.Processing, state.All.Tasks.Orphaned));
        Assert.All(state.GoneWorkers, worker => Assert.Equal((WorkerStatus.Stopped, 0), (worker.Status, worker.TasksHeld)));
    }

    [Fact]
    public async Task FreezeClient_TakesNothingForAWhile_NobodyElseNoticesAndItMissesNothing()
    {
        await using var stack = await BrokenStack.StartAsync(simulation: Busy);
        await stack.SeesAsync(state => state.Events > 500, "there is something to read");

        var id = (await stack.BreakAsync("freeze-client?seconds=3")).GetProperty("id").GetInt32();
        var before = (await stack.StateAsync()).Events;
        await stack.SeesAsync(state => state.Events > before + 50, "everybody else goes on");
        string? outcome = null;
        await Eventually.IsTrueAsync(
            async () => (await stack.GetAsync("/demo/chaos")).GetProperty("ended").EnumerateArray()
                .Any(effect => effect.GetProperty("id").GetInt32() == id && effect.TryGetProperty("outcome", out var text) && (outcome = text.GetString()) is not null),
            "it says what it saw",
            TimeSpan.FromSeconds(40));

        Assert.StartsWith("Read 10 events, took nothing for 3", outcome, StringComparison.Ordinal);
        Assert.EndsWith("was told of 0 gaps; it is where the log is.", outcome, StringComparison.Ordinal);
    }
}
