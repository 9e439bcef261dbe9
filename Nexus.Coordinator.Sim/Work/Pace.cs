using Microsoft.Extensions.Options;
using Nexus.Coordinator.Sim.Configuration;

namespace Nexus.Coordinator.Sim.Work;

/// <summary>How fast simulated work goes, so that all workers together finish <see cref="SimulationOptions.Rate"/> tasks a second.</summary>
internal sealed class Pace(IOptions<SimulationOptions> options)
{
    private readonly double _factor =
        options.Value.Workers * options.Value.TasksPerWorker / (options.Value.Rate * WorkProfiles.MeanLatency.TotalSeconds);

    /// <summary>The time that work of <paramref name="latency"/> takes; whole milliseconds, as timers count.</summary>
    public TimeSpan Scale(TimeSpan latency) => TimeSpan.FromMilliseconds(Math.Round(latency.TotalMilliseconds * _factor));
}
