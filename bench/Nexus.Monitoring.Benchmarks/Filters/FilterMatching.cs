using BenchmarkDotNet.Attributes;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Benchmarks.Filters;

/// <summary>One event against one filter.</summary>
public class FilterMatching
{
    private readonly EventKeys _keys = EventKeys.Of(SampleEvents.Completed);
    private readonly EventFilter _project = Create(["project-42"], [], []);
    private readonly EventFilter _otherProject = Create(["project-43"], [], []);
    private readonly EventFilter _everyKind = Create(["project-42"], ["run-2026-01-02-0001"], ["task_completed", "task_failed"]);
    private readonly EventFilter _hundredTasks = Create([], [.. Enumerable.Range(0, 100).Select(i => $"other-{i}")], []);

    [Benchmark(Baseline = true)]
    public bool All() => EventFilter.All.Matches(_keys);

    [Benchmark]
    public bool Project() => _project.Matches(_keys);

    [Benchmark]
    public bool OtherProject() => _otherProject.Matches(_keys);

    [Benchmark]
    public bool EveryKind() => _everyKind.Matches(_keys);

    [Benchmark]
    public bool HundredTasksNoneOfThem() => _hundredTasks.Matches(_keys);

    private static EventFilter Create(string[] projects, string[] tasks, string[] types) =>
        FilterParser.TryCreate(projects, tasks, types, false, out var filter, out var error) ? filter : throw new InvalidOperationException(error.ToString());
}
