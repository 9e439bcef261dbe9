namespace Nexus.Coordinator.Sim.Scenarios;

internal static class ScenarioCatalog
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new() { Name = "steady" },
        new() { Name = "burst", ExtraRuns = 4 },
        new() { Name = "failing", Outage = (TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(80)), OutageFailureRate = 0.45 },
        new() { Name = "worker-crash", Cycle = TimeSpan.FromSeconds(45), CrashesWorkers = true },
    ];

    public static Scenario? Find(string? name) =>
        All.FirstOrDefault(scenario => string.Equals(scenario.Name, name, StringComparison.OrdinalIgnoreCase));
}
