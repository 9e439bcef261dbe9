namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>What the pipeline wants to happen next; steps are carried out in their order.</summary>
internal abstract record PipelineStep
{
    private PipelineStep()
    {
    }

    /// <summary>The phase begins, with its total.</summary>
    public sealed record PhaseBegins(PhaseProgress Phase) : PipelineStep;

    /// <summary>All tasks of the phase have ended.</summary>
    /// <param name="Phase">The phase.</param>
    /// <param name="Error">Why it failed; null when it did not.</param>
    public sealed record PhaseEnds(PhaseProgress Phase, string? Error) : PipelineStep;

    /// <summary>The tasks are to be done.</summary>
    public sealed record FanOut(IReadOnlyList<PlannedTask> Tasks) : PipelineStep;
}
