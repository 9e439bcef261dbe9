using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Work;

namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>
/// What is done in a run, and when: results in, steps out; no clock, no I/O. Enumeration finds candidates, search finds documents for
/// each, extraction reads each document, enrichment works on a candidate as soon as all its documents are read, resolution compares
/// candidates once all are enriched, storage writes a batch as soon as all its comparisons are made. So enrichment overlaps extraction,
/// and storage overlaps resolution; everywhere else a phase needs the results of the one before.
/// </summary>
internal sealed class AggregationPipeline(RunPlan plan)
{
    /// <summary>Most candidates of a run; what enumeration finds beyond that is left for another run. Bounds everything else.</summary>
    internal const int MaxCandidates = 40;

    /// <summary>Comparisons that are stored together.</summary>
    private const int StorageBatch = 5;

    private readonly PhaseProgress[] _phases = [.. Phases.All.Select(name => new PhaseProgress(name))];

    /// <summary>Documents of each candidate.</summary>
    private int[] _documents = [];

    /// <summary>Documents of each candidate that are not read yet.</summary>
    private int[] _unread = [];

    /// <summary>Comparisons of each batch that are not made yet.</summary>
    private int[] _unresolved = [];

    private int _candidates;
    private int _open;

    public IReadOnlyList<PhaseProgress> Progress => _phases;

    /// <summary>Why the run fails; null while it does not.</summary>
    public string? Failure { get; private set; }

    public bool IsDone => _open == 0 && (Failure is not null || Phase(Phases.Storage).IsClosed);

    public IReadOnlyList<PipelineStep> Begin()
    {
        var steps = new List<PipelineStep>();
        var random = new SeededRandom(SeededRandom.Derive(plan.Seed, 1));
        var total = random.Next(5, 7);
        Open(Phases.Enumeration, total, steps);
        FanOut(steps, Enumerable.Range(0, total).Select(i => Task(Phases.Enumeration, TaskTypes.SearchSpaceEnum, JobPriority.High, i, i)));
        return steps;
    }

    /// <summary>A task has ended.</summary>
    /// <param name="task">The task.</param>
    /// <param name="found">What it found; null when it failed.</param>
    public IReadOnlyList<PipelineStep> Apply(PlannedTask task, int? found)
    {
        var steps = new List<PipelineStep>();
        var phase = Phase(task.Phase);
        phase.Count(found is not null);
        _open--;
        var closes = phase.IsFinished;
        if (closes)
        {
            Close(phase, steps);
        }

        switch (task.Phase)
        {
            case Phases.Enumeration:
                _candidates = Math.Min(MaxCandidates, _candidates + (found ?? 0));
                OpenNext(closes, BeginSearch, steps);
                break;
            case Phases.Search:
                _documents[task.Subject] += found ?? 0;
                OpenNext(closes, BeginExtraction, steps);
                break;
            case Phases.Extraction:
                if (--_unread[task.Subject] == 0)
                {
                    FanOut(steps, Enrich(task.Subject));
                }

                break;
            case Phases.Enrichment:
                OpenNext(closes, BeginResolution, steps);
                break;
            case Phases.Resolution:
                if (--_unresolved[task.Subject] == 0)
                {
                    FanOut(steps, [Store(task.Subject)]);
                }

                break;
        }

        return steps;
    }

    private void OpenNext(bool closes, Action<List<PipelineStep>> next, List<PipelineStep> steps)
    {
        if (closes && Failure is null)
        {
            next(steps);
        }
    }

    private void BeginSearch(List<PipelineStep> steps)
    {
        _documents = new int[_candidates];
        var tasks = Enumerable.Range(0, _candidates).SelectMany(Query).ToList();
        Open(Phases.Search, tasks.Count, steps);
        FanOut(steps, tasks);
    }

    private IEnumerable<PlannedTask> Query(int candidate)
    {
        yield return Task(Phases.Search, TaskTypes.DataAggregationSearch, JobPriority.Normal, candidate, candidate * 2);
        if (candidate % 2 == 0)
        {
            yield return Task(Phases.Search, TaskTypes.Search, JobPriority.Normal, candidate, (candidate * 2) + 1);
        }
    }

    /// <summary>Enrichment begins here too, as candidates without documents need not wait; both totals are known.</summary>
    private void BeginExtraction(List<PipelineStep> steps)
    {
        _unread = [.. _documents];
        var number = 0;
        var tasks = Enumerable.Range(0, _candidates)
            .SelectMany(candidate => Enumerable.Range(0, _documents[candidate]).Select(_ => Read(candidate, number++)))
            .ToList();
        Open(Phases.Extraction, tasks.Count, steps);
        FanOut(steps, tasks);
        Open(Phases.Enrichment, Enumerable.Range(0, _candidates).Sum(candidate => Enrich(candidate).Count()), steps);
        FanOut(steps, Enumerable.Range(0, _candidates).Where(candidate => _documents[candidate] == 0).SelectMany(Enrich));
    }

    private PlannedTask Read(int candidate, int number) => Task(
        Phases.Extraction,
        number % 3 == 2 ? TaskTypes.EntityExtraction : TaskTypes.DataAggregationExtract,
        JobPriority.Normal,
        candidate,
        number);

    private IEnumerable<PlannedTask> Enrich(int candidate)
    {
        yield return Task(Phases.Enrichment, TaskTypes.Summarization, JobPriority.Low, candidate, candidate * 3);
        if (candidate % 5 < 3)
        {
            yield return Task(Phases.Enrichment, TaskTypes.DokCategorization, JobPriority.Low, candidate, (candidate * 3) + 1);
        }

        if (candidate % 3 == 0)
        {
            yield return Task(Phases.Enrichment, TaskTypes.Search, JobPriority.Low, candidate, (candidate * 3) + 2);
        }
    }

    /// <summary>One comparison for two candidates.</summary>
    private void BeginResolution(List<PipelineStep> steps)
    {
        var total = (_candidates + 1) / 2;
        _unresolved = [.. Enumerable.Range(0, total).Chunk(StorageBatch).Select(batch => batch.Length)];
        Open(Phases.Resolution, total, steps);
        FanOut(steps, Enumerable.Range(0, total).Select(i =>
            Task(Phases.Resolution, TaskTypes.Reasoning, JobPriority.Normal, i / StorageBatch, i)));
        Open(Phases.Storage, _unresolved.Length, steps);
    }

    private PlannedTask Store(int batch) => Task(Phases.Storage, TaskTypes.DokCategorization, JobPriority.High, batch, batch);

    private PlannedTask Task(string phase, string taskType, JobPriority priority, int subject, int number)
    {
        var seed = SeededRandom.Derive(plan.Seed, ((ulong)Phases.All.ToList().IndexOf(phase) << 32) | (uint)number);
        return new PlannedTask(phase, taskType, priority, TaskVocabulary.Message(phase, taskType, seed), seed, subject);
    }

    private void FanOut(List<PipelineStep> steps, IEnumerable<PlannedTask> tasks)
    {
        var planned = tasks.ToList();
        if (planned.Count > 0)
        {
            _open += planned.Count;
            steps.Add(new PipelineStep.FanOut(planned));
        }
    }

    private void Open(string name, int total, List<PipelineStep> steps)
    {
        var phase = Phase(name);
        phase.Open(total);
        steps.Add(new PipelineStep.PhaseBegins(phase));
        if (total == 0)
        {
            Close(phase, steps);
        }
    }

    private void Close(PhaseProgress phase, List<PipelineStep> steps)
    {
        phase.Close();
        var error = phase.HasFailed ? $"{phase.Failed} of {phase.Total} tasks failed" : null;
        error ??= phase.Name == Phases.Enumeration && phase.Completed == 0 ? "No part of the search space could be enumerated" : null;
        Failure ??= error is null ? null : $"Phase {phase.Name} failed: {error}";
        steps.Add(new PipelineStep.PhaseEnds(phase, error));
    }

    private PhaseProgress Phase(string name) => _phases.First(phase => phase.Name == name);
}
