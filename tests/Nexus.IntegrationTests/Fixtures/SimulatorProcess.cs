namespace Nexus.IntegrationTests.Fixtures;

/// <summary>The simulator.</summary>
public sealed class SimulatorProcess : ServiceProcess
{
    private SimulatorProcess(IRedisServer redis, (string Key, string Value)[] settings)
        : base("Nexus.Coordinator.Sim", redis, settings)
    {
    }

    public static async Task<SimulatorProcess> StartAsync(IRedisServer redis, params (string Key, string Value)[] settings)
    {
        var simulator = new SimulatorProcess(redis, settings);
        await simulator.StartAsync();
        return simulator;
    }
}
