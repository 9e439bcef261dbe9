using Microsoft.Extensions.Options;
using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Work;

namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>Thinks of the next run. Projects take turns, and each goes through its names in an order of its own.</summary>
internal sealed class RunPlanner(IOptions<SimulationOptions> options)
{
    private int _number;

    public RunPlan Next()
    {
        var number = Interlocked.Increment(ref _number);
        var projects = options.Value.ProjectIds;
        var project = projects[(number - 1) % projects.Count];
        var seed = SeededRandom.Derive((ulong)options.Value.Seed, (ulong)number);
        var names = RunVocabulary.Names(project);
        var offset = (int)(SeededRandom.Derive((ulong)options.Value.Seed, 0) % (ulong)names.Count);
        return new RunPlan(number, project, names[(offset + ((number - 1) / projects.Count)) % names.Count], seed);
    }
}
