using Microsoft.Extensions.Options;
using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Work;

namespace Nexus.Coordinator.Sim.Coordination;

/// <summary>Whether and when another attempt follows one that failed.</summary>
internal sealed class RetryPolicy(IOptions<SimulationOptions> options)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    public bool AllowsAnother(Job job, Exception? failure = null) =>
        failure is not WorkException { IsTransient: false } && job.RetryCount + 1 < options.Value.MaxAttempts;

    /// <summary>Doubles with each failed attempt; longer if the other side asked for it.</summary>
    public TimeSpan Delay(Job job, Exception? failure = null)
    {
        var delay = TimeSpan.FromSeconds(
            Math.Min(LongestDelay.TotalSeconds, options.Value.RetryDelaySeconds * Math.Pow(2, job.RetryCount)));
        return failure is WorkException { RetryAfter: { } asked } && asked > delay ? asked : delay;
    }
}
