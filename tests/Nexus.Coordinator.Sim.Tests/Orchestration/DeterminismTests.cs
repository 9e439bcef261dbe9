using System.Text.Json;
using Nexus.Coordinator.Sim.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Coordinator.Sim.Tests.Orchestration;

public sealed class DeterminismTests
{
    [Theory]
    [InlineData("steady")]
    [InlineData("burst")]
    [InlineData("failing")]
    [InlineData("worker-crash")]
    public void Run_SameSeed_SameEventsApartFromIds(string scenario)
    {
        var (first, second) = (Play(2026, scenario), Play(2026, scenario));

        Assert.True(first.Count > 800, $"only {first.Count} events");
        Assert.Equal(first, second);
    }

    [Fact]
    public void Run_OtherSeed_OtherEvents() => Assert.NotEqual(Play(2026, "steady"), Play(2027, "steady"));

    private static List<string> Play(int seed, string scenario)
    {
        using var world = new World();
        world.Start(options => (options.Seed, options.Scenario) = (seed, scenario));
        world.Advance(TimeSpan.FromSeconds(150));
        var names = new Dictionary<string, string>();
        return [.. world.Events.Select(e => Describe(e, names))];
    }

    /// <summary>The event with its ids replaced by the order in which they first appear. On made-up time even the times agree.</summary>
    private static string Describe(MonitoringEvent e, Dictionary<string, string> names) => JsonSerializer.Serialize(e with
    {
        EventId = "",
        TaskId = Name(e.TaskId, names),
        ParentTaskId = Name(e.ParentTaskId, names),
        TraceId = null,
        SpanId = null,
        ParentSpanId = null,
        Source = null,
    });

    private static string? Name(string? id, Dictionary<string, string> names)
    {
        if (id is not null && !names.TryGetValue(id, out _))
        {
            names.Add(id, $"id{names.Count}");
        }

        return id is null ? null : names[id];
    }
}
