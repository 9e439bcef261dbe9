using Nexus.IntegrationTests.Fixtures;
using Nexus.IntegrationTests.Transports;
using Nexus.IntegrationTests.Wire;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.IntegrationTests.BadInput;

/// <summary>More of something than anybody can mean. What it costs the node is bounded, and others notice nothing.</summary>
public sealed class FloodTests(FloodTests.OneNode world) : IClassFixture<FloodTests.OneNode>
{
    /// <summary>Each test its own: a stream begins where the live state is, which may be behind after the flood before.</summary>
    private readonly string _project = "flood-" + Guid.NewGuid().ToString("N");

    /// <summary>Several times what the buffers on the way can hold, answers included.</summary>
    private const int MostOfAFlood = 200 * 1024 * 1024;

    /// <summary>The ring's bound, 64 MB, and what the collector leaves lying about.</summary>
    private const long Bound = 256 * 1024 * 1024;

    [Fact]
    public async Task Events_Of10000Types_ArriveAndCostABoundedAmount()
    {
        await using var bystander = await OpenAsync();
        var before = world.Stack.Nodes[0].ResidentBytes();

        for (var i = 0; i < 10_000; i++)
        {
            world.Stack.Producer.Publish($"type-{i}");
        }

        await ProveAsync(bystander, before);
    }

    [Fact]
    public async Task Events_Of100000Projects_ArriveAndCostABoundedAmount()
    {
        await using var bystander = await OpenAsync();
        var before = world.Stack.Nodes[0].ResidentBytes();

        for (var i = 0; i < 100_000; i++)
        {
            world.Stack.Producer.Publish(EventTypes.TaskEnqueued, 1, $"project-{i}");
            if (i % 10_000 == 0)
            {
                await world.Stack.Producer.FlushAsync();
            }
        }

        await ProveAsync(bystander, before);
    }

    [Fact]
    public async Task Filters_Of100000Projects_LeaveNothingBehind()
    {
        const int Clients = 1_000, ProjectsOfEach = 100;
        await using var bystander = await OpenAsync();
        var before = world.Stack.Nodes[0].ResidentBytes();
        using var http = new HttpClient { BaseAddress = world.Stack.Node(0) };

        await Parallel.ForEachAsync(Enumerable.Range(0, Clients), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (client, cancellation) =>
        {
            var projects = string.Join("&project_id=", Enumerable.Range(client * ProjectsOfEach, ProjectsOfEach));
            using var answer = await http.GetAsync(
                new Uri($"/api/events?follow=true&project_id={projects}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
            answer.EnsureSuccessStatusCode();
        });

        await Eventually.IsTrueAsync(async () => await world.Stack.Nodes[0].OpenStreamsAsync() == 1, "the others are gone");
        await ProveAsync(bystander, before);
    }

    [Theory]
    [InlineData(RawFrame.Ping, "ping")]
    [InlineData(RawFrame.Text, "ping")]
    [InlineData(RawFrame.Text, """{"type":"filter","project_id":["a","b","c"]}""")]
    public async Task Flood_OfAClientThatReadsNothing_IsHeldBack(int opcode, string payload)
    {
        await using var bystander = await OpenAsync();
        var before = world.Stack.Nodes[0].ResidentBytes();
        using var raw = await RawConnection.UpgradeAsync(world.Stack.Node(0).Port);
        var frame = RawFrame.Of(opcode, System.Text.Encoding.UTF8.GetBytes(payload));
        var thousand = Enumerable.Repeat(frame, 1_000).SelectMany(bytes => bytes).ToArray();

        var sent = 0;
        var isHeldBack = false;
        while (!isHeldBack && sent < MostOfAFlood)
        {
            var sending = raw.SendAsync(thousand);
            isHeldBack = await Task.WhenAny(sending, Task.Delay(TimeSpan.FromSeconds(1))) != sending;
            sent += thousand.Length;
        }

        await ProveAsync(bystander, before);
        Assert.True(isHeldBack, $"{sent} bytes were taken, and nothing held the client back");
    }

    private async Task<Subscriber> OpenAsync()
    {
        Assert.SkipUnless(world.Stack is not null, RedisServerProcess.WhyMissing);
        var bystander = new Subscriber(StreamTransports.WebSocketEvents, _project);
        await bystander.OpenAsync(world.Stack.Node(0));
        return bystander;
    }

    private async Task ProveAsync(Subscriber bystander, long before)
    {
        world.Stack.Producer.Publish(EventTypes.TaskStarted, 10, _project);
        await world.Stack.ProveAsync(bystander);
        Assert.Equal((10, 1), (bystander.Journal.Count, bystander.Connections));
        Assert.Equal(System.Net.HttpStatusCode.OK, await world.Stack.Nodes[0].HealthAsync());
        Assert.InRange(world.Stack.Nodes[0].ResidentBytes() - before, long.MinValue, Bound);
    }

    public sealed class OneNode : IAsyncLifetime
    {
        public Stack Stack { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            if (RedisServerProcess.IsInstalled)
            {
                Stack = await Stack.StartAsync([[]]);
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (Stack is not null)
            {
                await Stack.DisposeAsync();
            }
        }
    }
}
