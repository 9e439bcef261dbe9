namespace Nexus.Coordinator.Sim.Configuration;

/// <summary>How often workers say that they live, and after which silence they are lost.</summary>
internal sealed class HeartbeatOptions
{
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromSeconds(30);
}
