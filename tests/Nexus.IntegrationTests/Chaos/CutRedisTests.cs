using System.Net;
using Nexus.Monitoring.Contracts.Events;

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

    [Fact]
    public async Task CutRedis_MendedEarly_IsBackAtOnce()
    {
        await using var stack = await BrokenStack.StartAsync(simulation: Busy);
        var id = (await stack.BreakAsync("cut-redis?seconds=100&who=api")).GetProperty("id").GetInt32();
        await Eventually.IsTrueAsync(async () => await stack.Api.HealthAsync() == HttpStatusCode.ServiceUnavailable, "the API says that the log is away");
        Assert.Equal(HttpStatusCode.OK, await stack.Simulator.HealthAsync());
        Assert.Equal(1, (await stack.GetAsync("/demo/chaos")).GetProperty("running").GetArrayLength());

        using var answer = await stack.Api.Http.DeleteAsync(new Uri($"/demo/chaos/{id}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, (await stack.GetAsync("/demo/chaos")).GetProperty("running").GetArrayLength());
        await Eventually.IsTrueAsync(async () => await stack.Api.HealthAsync() == HttpStatusCode.OK, "the log is back", TimeSpan.FromSeconds(30));
    }
}
