using Nexus.Coordinator.Sim.Orchestration;

namespace Nexus.Coordinator.Sim.Tests.Fixtures;

/// <summary>Runs a pipeline to its end without any queue: tasks are done one after the other.</summary>
internal static class PipelineRunner
{
    /// <summary>All steps of a run in their order.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="does">What a task finds; null when it fails.</param>
    public static (AggregationPipeline Pipeline, IReadOnlyList<PipelineStep> Steps) Run(RunPlan plan, Func<PlannedTask, int?> does)
    {
        var pipeline = new AggregationPipeline(plan);
        var steps = new List<PipelineStep>(pipeline.Begin());
        var waiting = new Queue<PlannedTask>(TasksOf(steps));
        while (waiting.TryDequeue(out var task))
        {
            Assert.False(pipeline.IsDone, "A run is not done while tasks wait.");
            var next = pipeline.Apply(task, does(task));
            steps.AddRange(next);
            foreach (var follower in TasksOf(next))
            {
                waiting.Enqueue(follower);
            }
        }

        return (pipeline, steps);
    }

    /// <summary>The tasks of a run in which every task finds what simulated work would find.</summary>
    public static IReadOnlyList<PlannedTask> Tasks(RunPlan plan) => [.. TasksOf(Run(plan, Find).Steps)];

    public static IEnumerable<PlannedTask> TasksOf(IEnumerable<PipelineStep> steps) =>
        steps.OfType<PipelineStep.FanOut>().SelectMany(step => step.Tasks);

    public static int? Find(PlannedTask task)
    {
        var profile = Sim.Work.WorkProfiles.Of(task.TaskType);
        return new Sim.Work.SeededRandom(task.Seed).Next(profile.Found.Least, profile.Found.Most);
    }
}
