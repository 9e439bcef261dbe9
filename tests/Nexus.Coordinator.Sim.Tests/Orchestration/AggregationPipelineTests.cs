using Nexus.Coordinator.Sim.Orchestration;
using Nexus.Coordinator.Sim.Tests.Fixtures;
using Nexus.Coordinator.Sim.Work;

namespace Nexus.Coordinator.Sim.Tests.Orchestration;

public sealed class AggregationPipelineTests
{
    private static readonly RunPlan Plan = new(1, "market-atlas", "EU packaging suppliers", 42);

    [Fact]
    public void Run_AllTasksSucceed_PhasesBeginAndEndInOrderWithTheirTotals()
    {
        var (pipeline, steps) = PipelineRunner.Run(Plan, PipelineRunner.Find);

        Assert.True(pipeline.IsDone);
        Assert.Null(pipeline.Failure);
        Assert.Equal(Phases.All, steps.OfType<PipelineStep.PhaseBegins>().Select(step => step.Phase.Name));
        Assert.Equal(Phases.All, steps.OfType<PipelineStep.PhaseEnds>().Select(step => step.Phase.Name));
        var planned = PipelineRunner.TasksOf(steps).CountBy(task => task.Phase).ToDictionary();
        Assert.All(pipeline.Progress, phase => Assert.Equal((planned[phase.Name], planned[phase.Name], 0), (phase.Total, phase.Completed, phase.Failed)));
    }

    [Fact]
    public void Run_EnumerationFindsNineCandidates_LaterTotalsFollowFromWhatWasFound()
    {
        // Five to seven parts; the first finds nine candidates, the others none. Each search finds two documents.
        var first = true;
        var (pipeline, _) = PipelineRunner.Run(Plan, task =>
        {
            var found = task.Phase == Phases.Enumeration ? (first ? 9 : 0) : 2;
            first = false;
            return found;
        });

        var totals = pipeline.Progress.ToDictionary(phase => phase.Name, phase => phase.Total);
        Assert.Equal(9 + 5, totals[Phases.Search]);
        Assert.Equal(14 * 2, totals[Phases.Extraction]);
        Assert.Equal(9 + 6 + 3, totals[Phases.Enrichment]);
        Assert.Equal(5, totals[Phases.Resolution]);
        Assert.Equal(1, totals[Phases.Storage]);
    }

    [Fact]
    public void Run_ExtractionUnderWay_EnrichmentOfReadyCandidatesHasBegun()
    {
        var (_, steps) = PipelineRunner.Run(Plan, PipelineRunner.Find);

        var extractionEnds = Index(steps, step => step is PipelineStep.PhaseEnds(var phase, _) && phase.Name == Phases.Extraction);
        var enrichmentWorks = Index(steps, step => step is PipelineStep.FanOut(var tasks) && tasks[0].Phase == Phases.Enrichment);
        Assert.True(enrichmentWorks < extractionEnds);
        Assert.True(Index(steps, step => step is PipelineStep.PhaseBegins(var phase) && phase.Name == Phases.Resolution) > extractionEnds);
    }

    [Fact]
    public void Run_NoDocuments_ExtractionIsEmptyAndCandidatesAreEnrichedNevertheless()
    {
        var (pipeline, _) = PipelineRunner.Run(Plan, task => task.Phase == Phases.Enumeration ? 4 : 0);

        Assert.True(pipeline.IsDone);
        Assert.Null(pipeline.Failure);
        Assert.Equal(0, pipeline.Progress.Single(phase => phase.Name == Phases.Extraction).Total);
    }

    [Fact]
    public void Run_MoreThanAQuarterOfSearchesFail_RunFailsAfterThePhase()
    {
        var number = 0;
        var (pipeline, steps) = PipelineRunner.Run(Plan, task => task.Phase == Phases.Search && number++ % 3 == 0 ? null : 3);

        var search = pipeline.Progress.Single(phase => phase.Name == Phases.Search);
        Assert.Equal(search.Total, search.Completed + search.Failed);
        Assert.Equal($"Phase search failed: {search.Failed} of {search.Total} tasks failed", pipeline.Failure);
        Assert.True(pipeline.IsDone);
        Assert.Equal([Phases.Enumeration, Phases.Search], steps.OfType<PipelineStep.PhaseBegins>().Select(step => step.Phase.Name));
    }

    [Fact]
    public void Run_ExtractionFailsWhileEnrichmentIsUnderWay_EnrichmentIsFinished()
    {
        var (pipeline, steps) = PipelineRunner.Run(
            Plan, task => task.Phase == Phases.Extraction && task.TaskType == TaskTypes.DataAggregationExtract ? null : 2);

        Assert.StartsWith("Phase extraction failed", pipeline.Failure, StringComparison.Ordinal);
        Assert.True(pipeline.IsDone);
        Assert.Equal(
            [Phases.Enumeration, Phases.Search, Phases.Extraction, Phases.Enrichment],
            steps.OfType<PipelineStep.PhaseEnds>().Select(step => step.Phase.Name));
    }

    [Fact]
    public void Run_ManyPlans_StaysWithinItsBounds()
    {
        for (var seed = 0UL; seed < 200; seed++)
        {
            var (pipeline, steps) = PipelineRunner.Run(Plan with { Seed = seed }, PipelineRunner.Find);

            Assert.True(pipeline.IsDone);
            Assert.InRange(PipelineRunner.TasksOf(steps).Count(), 80, 600);
        }
    }

    private static int Index(IReadOnlyList<PipelineStep> steps, Predicate<PipelineStep> matches) => steps.ToList().FindIndex(matches);
}
