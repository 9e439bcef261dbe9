using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Work;

namespace Nexus.Coordinator.Sim.Tests.Fixtures;

/// <summary>Work that does what the test says: by default a second, and finds two things.</summary>
internal sealed class ScriptedWork(TimeProvider time) : IWork
{
    /// <summary>What an attempt throws; null when it succeeds.</summary>
    public Func<Job, Exception?> Fails { get; init; } = _ => null;

    public Func<Job, TimeSpan> Takes { get; init; } = _ => TimeSpan.FromSeconds(1);

    public async Task<int> DoAsync(Job job, CancellationToken cancellationToken)
    {
        await Task.Delay(Takes(job), time, cancellationToken);
        return Fails(job) is { } failure ? throw failure : 2;
    }
}
