using BenchmarkDotNet.Attributes;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Benchmarks.Filters;

/// <summary>Query parameters to filter: once for every connection.</summary>
public class FilterParsing
{
    private readonly KeyValuePair<string, string?>[] _none = [];

    private readonly KeyValuePair<string, string?>[] _project = [new(FilterParameters.ProjectId, "project-42")];

    private readonly KeyValuePair<string, string?>[] _everyKind =
    [
        new(FilterParameters.ProjectId, "project-42"),
        new(FilterParameters.TaskId, "run-2026-01-02-0001"),
        new(FilterParameters.EventTypes, "task_failed,task_retry,phase_failed"),
        new(FilterParameters.StatsOnly, "false"),
    ];

    [Benchmark(Baseline = true)]
    public bool None() => FilterParser.TryParse(_none, out _, out _);

    [Benchmark]
    public bool Project() => FilterParser.TryParse(_project, out _, out _);

    [Benchmark]
    public bool EveryKind() => FilterParser.TryParse(_everyKind, out _, out _);
}
