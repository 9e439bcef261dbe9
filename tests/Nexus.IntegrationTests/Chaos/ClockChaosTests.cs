using System.Diagnostics;
using System.Globalization;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.IntegrationTests.Chaos;

/// <summary>Clocks go wrong: the offset is shown, and neither order nor verdicts nor durations follow it.</summary>
public sealed class ClockChaosTests
{
    private static readonly (string, string)[] Busy = [("Rate", "20")];

    [Theory]
    [InlineData(-300)]
    [InlineData(7_200)]
    public async Task SkewClock_FarOff_IsShownAndNothingElseIsWrong(int seconds)
    {
        var began = Stopwatch.GetTimestamp();
        await using var stack = await BrokenStack.StartAsync(simulation: Busy);
        await stack.SeesAsync(state => state.All.Tasks.Completed > 0, "tasks are done");

        await stack.BreakAsync($"skew-clock?offset_seconds={seconds.ToString(CultureInfo.InvariantCulture)}&seconds=600");
        await stack.SeesAsync(
            state => state.OnlineWorkers.Count() == 12
                && state.OnlineWorkers.All(worker => Math.Abs(worker.ClockOffsetMs!.Value + (seconds * 1000)) < 2_000),
            "the offset is shown at each worker", 90);
        var state = await stack.StateAsync();
        await stack.SeesAsync(later => later.All.Tasks.Completed > state.All.Tasks.Completed + 20, "work goes on");

        state = await stack.StateAsync();
        var log = await stack.LogAsync();
        Assert.DoesNotContain(log, one => one.Event.EventType is EventTypes.WorkerLost or EventTypes.TaskStalled);
        var whole = (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        Assert.All(log.Where(one => one.Event.DurationMs is not null), one => Assert.InRange(one.Event.DurationMs!.Value, 0, whole));
        Assert.All(state.EndedTasks.Concat(state.OpenTasks), task =>
        {
            Assert.False(task.WaitMs < 0 || task.DurationMs < 0, $"{task.TaskId} waited {task.WaitMs} ms and ran {task.DurationMs} ms");
            Assert.False(task.EnqueuedAt > task.StartedAt || task.StartedAt > task.EndedAt, $"{task.TaskId} is in the wrong order");
        });
    }
}
