using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Nexus.IntegrationTests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using StackExchange.Redis;

namespace Nexus.IntegrationTests.Chaos;

/// <summary>The stack as people run it in development, each part a process of its own: Redis, API nodes, the simulator. To be broken through the API.</summary>
public sealed class BrokenStack : IAsyncDisposable
{
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(6);
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    private static readonly (string, string)[] Timing =
    [
        ("ASPNETCORE_ENVIRONMENT", "Development"),
        ("Monitoring__HeartbeatInterval", $"{Beat}"),
        ("Monitoring__HeartbeatTtl", $"{TimeToLive}"),
    ];

    private BrokenStack(IRedisServer redis, SimulatorProcess simulator, IReadOnlyList<ApiProcess> nodes) =>
        (Redis, Simulator, Nodes) = (redis, simulator, nodes);

    public IRedisServer Redis { get; }

    public SimulatorProcess Simulator { get; }

    public IReadOnlyList<ApiProcess> Nodes { get; }

    /// <summary>The node that is asked.</summary>
    public ApiProcess Api => Nodes.FirstOrDefault(node => node.IsRunning)
        ?? throw new InvalidOperationException($"No node runs any longer; the last one said:{Environment.NewLine}{Nodes[^1].Output}");

    public static async Task<BrokenStack> StartAsync(int nodes = 1, IRedisServer? redis = null, params (string Key, string Value)[] simulation)
    {
        Assert.SkipUnless(redis is not null || RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        redis ??= await RedisServerProcess.StartAsync();
        var simulator = await SimulatorProcess.StartAsync(
            redis, [.. Timing, .. simulation.Select(setting => ($"Simulation__{setting.Key}", setting.Value))]);
        var apis = await Task.WhenAll(Enumerable.Range(0, nodes).Select(_ => ApiProcess.StartAsync(
            redis,
            [
                .. Timing, ("Monitoring__WatchLease", $"{Lease}"), ("Monitoring__Demo__SimulatorUrl", simulator.Address.ToString()),
                ("Monitoring__History__Enabled", "false"),
            ])));
        return new BrokenStack(redis, simulator, apis);
    }

    /// <summary>What the API says that it broke.</summary>
    public async Task<JsonElement> BreakAsync(string what)
    {
        using var answer = await Api.Http.PostAsync(new Uri($"/demo/chaos/{what}", UriKind.Relative), null);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, $"{json}");
        return json;
    }

    /// <summary>Ends what <see cref="BreakAsync"/> began.</summary>
    public async Task MendAsync(JsonElement effect)
    {
        using var answer = await Api.Http.DeleteAsync(new Uri($"/demo/chaos/{effect.GetProperty("id").GetInt32()}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public async Task<JsonElement> GetAsync(string path) => await Api.Http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    /// <summary>The board: the state as the API has it.</summary>
    public async Task<LiveState> StateAsync() => LiveState.FromSnapshot(
        (await Api.Http.GetFromJsonAsync(new Uri("/api/snapshot", UriKind.Relative), MonitoringJson.Context.LiveStateSnapshot))!);

    public async Task SeesAsync(Func<LiveState, bool> condition, string what, int seconds = 60)
    {
        try
        {
            await Eventually.IsTrueAsync(async () => condition(await StateAsync()), what, TimeSpan.FromSeconds(seconds));
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}{Environment.NewLine}{await DescribeAsync()}", late);
        }
    }

    /// <summary>Everything in the log with its place there.</summary>
    public async Task<IReadOnlyList<(MonitoringEvent Event, LogPosition At)>> LogAsync(params string[] types)
    {
        var events = new List<(MonitoringEvent, LogPosition)>();
        var cursor = LogPosition.Start;
        while (true)
        {
            var filter = types.Length == 0 ? "" : $"&event_types={string.Join(',', types)}";
            var frame = (EventsFrame)(await Api.Http.GetFromJsonAsync(
                new Uri($"/api/events?cursor={cursor}&limit=1000{filter}", UriKind.Relative), MonitoringJson.Context.StreamFrame))!;
            events.AddRange(frame.Events.Select(e => (e, LogPosition.Parse(e.Cursor!))));
            if (frame.Upto <= cursor || frame.Events.Count == 0)
            {
                return events;
            }

            cursor = frame.Upto;
        }
    }

    /// <summary>
    /// What the worker that an effect names had in its hands when it was lost, by the log, in order of the ids. It is what the effect says that it had then,
    /// without that whose end was on its way and with that whose beginning was.
    /// </summary>
    public async Task<IReadOnlyList<string>> HeldAtLossAsync(JsonElement effect)
    {
        var victim = effect.GetProperty("worker_id").GetInt32();
        var before = (await LogAsync()).Select(one => one.Event).TakeWhile(e => e.EventType != EventTypes.WorkerLost || e.WorkerId != victim).ToList();
        var held = before
            .Where(e => e.TaskId is not null && e.EventType != EventTypes.WorkerHeartbeat)
            .GroupBy(e => e.TaskId!, (task, events) => (Task: task, Last: events.Last()))
            .Where(one => one.Last.EventType == EventTypes.TaskStarted && one.Last.WorkerId == victim)
            .Select(one => one.Task).Order().ToList();
        Assert.NotEmpty(held);
        var told = effect.GetProperty("task_ids").EnumerateArray().Select(task => task.GetString()!).ToList();
        Assert.True(held.Intersect(told).Count() > held.Count / 2, $"Held were {string.Join(' ', held)}, the effect says {string.Join(' ', told)}");
        return held;
    }

    /// <summary>What the board says of its workers and of what was taken from them, all that the log has about two of these tasks, and what their coordinator said.</summary>
    private async Task<string> DescribeAsync()
    {
        var (state, log) = (await StateAsync(), await LogAsync());
        var orphaned = state.OpenTasks.Where(task => task.Status == EventStatuses.Orphaned).ToList();
        using var redis = await ConnectionMultiplexer.ConnectAsync(Redis.ConnectionString);
        var last = await redis.GetDatabase().StreamRangeAsync(LogKeys.Log, count: 1, messageOrder: Order.Descending);
        return string.Join(Environment.NewLine,
        [
            $"at {DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()} ms: the log ends at {string.Join("", last.Select(entry => entry.Id))}, the API is at {log.Select(one => one.At).LastOrDefault()}, its board at {state.Position}",
            $"{state.WorkersOnline} online, {state.All.Tasks.Orphaned} orphaned",
            .. state.OnlineWorkers.Concat(state.GoneWorkers).Select(worker => $"worker {worker.WorkerId} {worker.Status} since {worker.LastSeen} with {worker.TaskId}"),
            .. orphaned.Select(task => $"task {task.TaskId} of worker {task.WorkerId} since {task.Position}"),
            .. log.Where(one => orphaned.Take(2).Any(task => task.TaskId == one.Event.TaskId)).Select(one => $"{one.At} {System.Text.Encoding.UTF8.GetString(EventJson.ToUtf8(one.Event))}"),
            $"the simulator, {(Simulator.IsRunning ? "running" : "ended")}, said:",
            .. Simulator.Output.Split('\n').TakeLast(30),
            "the API said:",
            .. Api.Output.Split('\n').TakeLast(30),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await Simulator.DisposeAsync();
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        await Redis.DisposeAsync();
    }
}
