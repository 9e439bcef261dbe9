using System.Net;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Contracts.Stories;

namespace Nexus.IntegrationTests.Chaos;

/// <summary>The way to the log is cut: everybody says so, nobody is judged by the silence, and nothing is missing afterwards.</summary>
public sealed class CutRedisTests
{
    private static readonly (string, string)[] Busy = [("Rate", "20")];

    [Theory]
    [InlineData("redis-server")]
    [InlineData("embedded")]
    public async Task CutRedis_LongerThanTheTimeToLive_NobodyIsLostAndNothingIsMissing(string server)
    {
        await using var stack = await BrokenStack.StartAsync(redis: server == "embedded" ? await NexusRedisProcess.StartAsync() : null, simulation: Busy);
        await stack.SeesAsync(state => state.All.Tasks.Completed > 0, "tasks are done");

        await stack.BreakAsync("cut-redis?seconds=8");
        await Eventually.IsTrueAsync(async () => await stack.Api.HealthAsync() == HttpStatusCode.ServiceUnavailable, "the API says that the log is away");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await stack.Simulator.HealthAsync());
        await Eventually.IsTrueAsync(async () => await stack.Api.HealthAsync() == HttpStatusCode.OK, "the log is back");
        var back = DateTimeOffset.UtcNow;
        await stack.SeesAsync(state => state.OnlineWorkers.Count(worker => worker.LastHeartbeatAt > back + BrokenStack.TimeToLive) == 12, "all workers live");

        var log = await stack.LogAsync();
        Assert.DoesNotContain(log, one => one.Event.EventType is EventTypes.WorkerLost or EventTypes.TaskStalled);
        Assert.DoesNotContain(log.CountBy(one => one.Event.EventId), id => id.Value > 1);
        var ends = log.Where(one => one.Event.EventType is EventTypes.TaskCompleted).Select(one => one.Event.TaskId!).ToHashSet();
        Assert.Subset(log.Where(one => one.Event.EventType == EventTypes.TaskStarted).Select(one => one.Event.TaskId!).ToHashSet(), ends);
    }

    /// <summary>
    /// The log is there and nothing comes of anybody: whoever cannot speak looks the same as who is dead, so all are lost. None of them was, and all is
    /// taken back, also for who reads only the events of a task.
    /// </summary>
    [Fact]
    public async Task CutRedis_SimulatorAloneLongerThanTheTimeToLive_AllAreLostAndBackAndEveryReaderSaysTheSame()
    {
        await using var stack = await BrokenStack.StartAsync(simulation: Busy);
        await stack.SeesAsync(state => state.All.Tasks.Completed > 0 && state.WorkersBusy > 3, "tasks are done");

        var cut = await stack.BreakAsync("cut-redis?seconds=120&who=simulator");
        await stack.SeesAsync(state => state.GoneWorkers.Count(worker => worker is { Status: WorkerStatus.Lost, Evidence.Reason: VerdictReasons.Silent }) == 12, "all are lost");
        Assert.Equal(HttpStatusCode.OK, await stack.Api.HealthAsync());
        await stack.MendAsync(cut);
        await stack.SeesAsync(state => state.WorkersOnline == 12 && state.All.Tasks.Orphaned == 0, "all are back, and no task is orphaned", 90);
        var back = (await stack.StateAsync()).All.Tasks.Completed;
        await stack.SeesAsync(state => state.All.Tasks.Completed > back + 20, "work goes on");
        await stack.Simulator.StopAsync();
        await stack.SeesAsync(state => state.WorkersOnline == 0, "the simulator is gone");

        var (state, log) = (await stack.StateAsync(), await stack.LogAsync());
        Assert.DoesNotContain(log.CountBy(one => one.Event.EventId), id => id.Value > 1);
        Assert.DoesNotContain(log.Where(one => one.Event.EventType == EventTypes.WorkerLost).CountBy(one => one.Event.WorkerId!.Value), worker => worker.Value > 1);
        Assert.DoesNotContain(log.Where(one => one.Event.EventType == EventTypes.TaskCompleted).CountBy(one => one.Event.TaskId!), task => task.Value > 1);
        var orphaned = log.Where(one => one.Event.EventType == EventTypes.TaskStalled).Select(one => one.Event.TaskId!).Distinct().ToList();
        Assert.NotEmpty(orphaned);
        Assert.All(orphaned, id =>
        {
            var (own, story) = (new LiveState(), new TaskStory(id));
            foreach (var (e, at) in log.Where(one => one.Event.TaskId == id))
            {
                own.Apply(e, at);
                story.Apply(e, at);
            }

            Assert.Equal(state.Task(id)!.Status, own.Task(id)!.Status);
            Assert.Equal(state.Task(id)!.Status, story.Status);
        });
    }

    [Fact]
    public async Task CutRedis_MendedEarly_IsBackAtOnce()
    {
        await using var stack = await BrokenStack.StartAsync(simulation: Busy);
        var cut = await stack.BreakAsync("cut-redis?seconds=100&who=api");
        await Eventually.IsTrueAsync(async () => await stack.Api.HealthAsync() == HttpStatusCode.ServiceUnavailable, "the API says that the log is away");
        Assert.Equal(HttpStatusCode.OK, await stack.Simulator.HealthAsync());
        Assert.Equal(1, (await stack.GetAsync("/demo/chaos")).GetProperty("running").GetArrayLength());

        await stack.MendAsync(cut);

        Assert.Equal(0, (await stack.GetAsync("/demo/chaos")).GetProperty("running").GetArrayLength());
        await Eventually.IsTrueAsync(async () => await stack.Api.HealthAsync() == HttpStatusCode.OK, "the log is back", TimeSpan.FromSeconds(30));
    }
}
