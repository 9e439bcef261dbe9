using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Scenarios;

namespace Nexus.Coordinator.Sim.Work;

/// <summary>
/// The one simulated part: waits as long as such work takes, and fails as often and in the words in which it fails. What an attempt
/// draws depends only on the job's seed and the attempt, so it is the same on every worker.
/// </summary>
internal sealed class SimulatedWork(Pace pace, ScenarioClock scenario, TimeProvider time) : IWork
{
    public async Task<int> DoAsync(Job job, CancellationToken cancellationToken)
    {
        var profile = WorkProfiles.Of(job.TaskType);
        var random = new SeededRandom(SeededRandom.Derive(job.Seed, (ulong)job.RetryCount));
        var latency = profile.DrawLatency(ref random);
        var fails = random.NextDouble() < scenario.FailureRate * profile.FailureFactor;
        var failure = fails ? profile.DrawFailure(ref random) : null;

        await Task.Delay(pace.Scale(latency * (failure?.LatencyFactor ?? 1)), time, cancellationToken);

        return failure is null
            ? random.Next(profile.Found.Least, profile.Found.Most)
            : throw failure.ToException(ref random, job.RetryCount);
    }
}
